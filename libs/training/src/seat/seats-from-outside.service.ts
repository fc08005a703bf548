import { Injectable } from '@nestjs/common';
import { searchForm, compactForm } from '@app/persian';
import { Clock, conditions, type Reads } from '@app/platform';
import { attendanceTotals } from '../attendance/attendance.rules.js';
import { talliesOf } from '../attendance/attendance-tally.service.js';
import { CourseRunStatus } from '../course-run/course-run.entity.js';
import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { SessionStatus } from '../session/session.entity.js';
import { Trainees } from '../trainee/trainee.service.js';

/** A run as it is told to who sends people there. */
export interface RunToldOutside {
  runId: string;
  number: string;
  titleFa: string;
  titleEn: string;
  instituteName: string;
  startsOn: string;
  endsOn: string;
  enrolmentClosesOn: string;
  seatsFree: number;
}

/** How far one person has come in one run. */
export interface SeatProgress {
  enrolmentId: string;
  stays: boolean;
  settled: boolean;
  /** Hundredths of a per cent of the minutes held; null when nothing was held. */
  presentOfHeld: number | null;
  examined: boolean;
}

const RUN = `SELECT r.id AS runId, r.number, s.titleFa, s.titleEn, i.name AS instituteName, r.startsOn, r.endsOn,
    r.enrolmentClosesOn, r.capacity - r.seatsTaken AS seatsFree
  FROM course_run r JOIN training_standard s ON s.id = r.standardId JOIN institute i ON i.id = r.instituteId`;

/**
 * What a giver of tokens may ask of training: runs with free seats, and how far people have come whose national ID the
 * giver knows. It reads, in the giver's own unit, and leaves no trace here: that a giver looks is a secret of the giver.
 */
@Injectable()
export class SeatsFromOutside {
  constructor(
    private readonly trainees: Trainees,
    private readonly clock: Clock,
  ) {}

  /** The runs of a province that people may still be enrolled into, the nearest first. */
  async open(tx: Reads, provinceCode: string, typed: string, first: number): Promise<RunToldOutside[]> {
    const { APPROVED, RUNNING } = CourseRunStatus;
    const bounds = conditions('r', { provinceCode, status: [APPROVED, RUNNING] });
    const wanted = compactForm(searchForm(typed));
    const text = `AND (INSTR(REPLACE(i.searchName, ' ', ''), ?) > 0 OR INSTR(REPLACE(s.searchTitle, ' ', ''), ?) > 0)`;
    const rows = await tx.query<RunToldOutside>(
      `${RUN} WHERE ${bounds.sql} AND r.enrolmentClosesOn >= ? AND r.seatsTaken < r.capacity ${wanted ? text : ''}
       ORDER BY r.startsOn, r.id LIMIT ?`,
      [...bounds.values, this.clock.today(), ...(wanted ? [wanted, wanted] : []), first],
    );
    return rows.map((row) => ({ ...row, seatsFree: Number(row.seatsFree) }));
  }

  /** Runs by their ids, of whatever state. */
  async named(tx: Reads, runIds: readonly string[]): Promise<Map<string, RunToldOutside>> {
    const { sql, values } = conditions('r', { id: [...new Set(runIds)] });
    const rows = await tx.query<RunToldOutside>(`${RUN} WHERE ${sql}`, values);
    return new Map(rows.map((row) => [row.runId, { ...row, seatsFree: Number(row.seatsFree) }]));
  }

  /** How far each has come, in the order asked; null for one who has no enrolment in the run. */
  async progress(tx: Reads, asked: readonly { runId: string; nationalId: string }[]): Promise<(SeatProgress | null)[]> {
    const runIds = [...new Set(asked.map(({ runId }) => runId))];
    const indexes = asked.map(({ nationalId }) => this.trainees.indexesOf(nationalId));
    const runs = conditions('e', { runId: runIds });
    const people = conditions('t', { nationalIdIndex: [...new Set(indexes.flat())] });
    const rows = await tx.query<EnrolmentRow>(
      `SELECT e.id, e.runId, e.status, e.settled, t.nationalIdIndex,
              (SELECT COUNT(*) FROM exam_result x WHERE x.enrolmentId = e.id) AS tries
       FROM trainee t JOIN enrolment e ON e.traineeId = t.id WHERE ${people.sql} AND ${runs.sql}`,
      [...people.values, ...runs.values],
    );
    const minutes = await minutesOf(tx, runIds);
    const tallies = await talliesOf(tx, runIds);
    const found = new Map(rows.map((row) => [`${row.runId} ${row.nationalIdIndex}`, row]));
    return asked.map(({ runId }, n) => {
      const row = indexes[n]?.map((index) => found.get(`${runId} ${index}`)).find(Boolean);
      if (!row) return null;
      const { planned = 0, held = 0 } = minutes.get(runId) ?? {};
      return {
        enrolmentId: row.id,
        stays: row.status === EnrolmentStatus.ENROLLED,
        settled: Boolean(row.settled),
        presentOfHeld: attendanceTotals(tallies.get(row.id) ?? [], planned, held).presentOfHeld,
        examined: Number(row.tries) > 0,
      };
    });
  }
}

interface EnrolmentRow {
  id: string;
  runId: string;
  status: EnrolmentStatus;
  settled: number | boolean;
  nationalIdIndex: string;
  tries: number | string;
}

/** The minutes of each run's sessions that are not cancelled, and of those held. */
async function minutesOf(tx: Reads, runIds: readonly string[]) {
  const { sql, values } = conditions('s', { runId: runIds });
  const rows = await tx.query<{ runId: string; status: SessionStatus; minutes: number | string }>(
    `SELECT s.runId, s.status, SUM(s.endMinute - s.startMinute) AS minutes FROM session s
     WHERE ${sql} AND s.status <> 'CANCELLED' GROUP BY s.runId, s.status`,
    values,
  );
  const minutes = new Map<string, { planned: number; held: number }>();
  for (const row of rows) {
    const known = minutes.get(row.runId) ?? { planned: 0, held: 0 };
    known.planned += Number(row.minutes);
    if (row.status === SessionStatus.HELD) known.held += Number(row.minutes);
    minutes.set(row.runId, known);
  }
  return minutes;
}
