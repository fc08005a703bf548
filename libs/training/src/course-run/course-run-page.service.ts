import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { compactForm, searchForm, sortPersian } from '@app/persian';
import {
  asInstant,
  conditions,
  cursorKey,
  Database,
  NotFound,
  type Page,
  type PageArgs,
  pageOf,
  type Reads,
} from '@app/platform';
import { attendanceTotals } from '../attendance/attendance.rules.js';
import { talliesOf } from '../attendance/attendance-tally.service.js';
import { type EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { SessionStatus } from '../session/session.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { masked } from '../trainee/trainee.rules.js';
import type { CourseRunStatus } from './course-run.entity.js';
import type {
  CourseRunFilter,
  CourseRunItem,
  CourseRunType,
  RunEnrolmentType,
  SessionType,
} from './course-run.graphql.js';
import { actionsOf, runsSeenBy } from './course-run.policy.js';

/** The head of the page: every column of the run that is shown, and what stands above it. */
interface HeadRow {
  id: string;
  number: string;
  status: CourseRunStatus;
  startsOn: string;
  endsOn: string;
  enrolmentClosesOn: string;
  capacity: number;
  seatsTaken: number;
  plannedMinutes: number;
  cancelReason: string | null;
  demo: number | boolean;
  standardId: string;
  code: string;
  titleFa: string;
  titleEn: string;
  theoryMinutes: number;
  practiceMinutes: number;
  officeId: string;
  officeName: string;
  officeNameEn: string;
  instituteId: string;
  instituteName: string;
  licenceNumber: string;
  roomId: string;
  roomName: string;
  roomCapacity: number;
  trainerId: string;
  givenName: string;
  familyName: string;
}

interface EnrolmentRow {
  id: string;
  traineeId: string;
  status: EnrolmentStatus;
  enrolledAt: Date | string;
  settled: number | boolean;
  nationalId: string;
  givenName: string;
  familyName: string;
  fatherName: string | null;
}

/** Course runs as they are shown. Every statement is joined by hand; their number does not grow with the rows. */
@Injectable()
export class CourseRunPageService {
  constructor(private readonly db: Database) {}

  /** The runs the actor may see, the latest first. */
  list(actor: Actor, filter: CourseRunFilter, { first, after }: PageArgs): Promise<Page<CourseRunItem>> {
    // Two lists of bounds, so that what is wished for never replaces what may be seen.
    const seen = conditions('r', runsSeenBy(actor));
    const wanted = conditions('r', {
      ...(filter.status?.length && { status: filter.status }),
      ...(filter.instituteId && { instituteId: filter.instituteId }),
    });
    const parts = [seen.sql, wanted.sql];
    const values = [...seen.values, ...wanted.values];
    const text = searchForm(filter.text ?? '');
    if (text) {
      // In whatever letters, joined or apart.
      const holds = (column: string) => `INSTR(REPLACE(${column}, ' ', ''), ?) > 0`;
      parts.push(`(INSTR(r.number, ?) > 0 OR ${holds('i.searchName')} OR ${holds('s.searchTitle')})`);
      values.push(text, compactForm(text), compactForm(text));
    }
    const key = cursorKey(after, 2);
    if (key) {
      parts.push('(r.startsOn < ? OR (r.startsOn = ? AND r.id < ?))');
      values.push(key[0], key[0], key[1]);
    }
    return this.db.read(async (tx) => {
      const rows = await tx.query<CourseRunItem & { givenName: string; familyName: string }>(
        `SELECT r.id, r.number, r.status, r.startsOn, r.endsOn, r.capacity, r.seatsTaken, s.titleFa AS standardTitleFa,
                s.titleEn AS standardTitleEn, i.name AS instituteName, t.givenName, t.familyName
         FROM course_run r
         JOIN training_standard s ON s.id = r.standardId
         JOIN institute i ON i.id = r.instituteId
         JOIN trainer t ON t.id = r.trainerId
         WHERE ${parts.join(' AND ')}
         ORDER BY r.startsOn DESC, r.id DESC LIMIT ?`,
        [...values, first + 1],
      );
      const items = rows.map((row) => ({ ...row, trainerName: `${row.givenName} ${row.familyName}` }));
      return pageOf(items, first, ({ startsOn, id }) => [startsOn, id]);
    });
  }

  /** @throws NotFound no such run, or none the actor may see */
  get(actor: Actor, runId: string): Promise<CourseRunType> {
    return this.db.read((tx) => courseRunPage(tx, actor, runId));
  }
}

/**
 * The page of a run as it stands for who reads it, or as a unit leaves it.
 *
 * @throws NotFound no such run, or none the actor may see
 */
export async function courseRunPage(tx: Reads, actor: Actor, runId: string): Promise<CourseRunType> {
  const head = await headOf(tx, actor, runId);
  const sessions = await tx.query<SessionType>(
    'SELECT id, ordinal, day, startMinute, endMinute, status FROM session WHERE runId = ? ORDER BY ordinal',
    [runId],
  );
  return {
    ...head,
    heldMinutes: minutesOf(sessions, [SessionStatus.HELD]),
    sessions,
    enrolments: await enrolmentsOf(tx, runId, sessions),
    viewerCan: actionsOf(actor, head),
  };
}

async function headOf(tx: Reads, actor: Actor, runId: string) {
  const seen = conditions('r', { id: runId, ...runsSeenBy(actor) });
  const [row] = await tx.query<HeadRow>(
    `SELECT r.id, r.number, r.status, r.startsOn, r.endsOn, r.enrolmentClosesOn, r.capacity, r.seatsTaken,
            r.plannedMinutes, r.cancelReason, r.demo, r.standardId, s.code, s.titleFa, s.titleEn, v.theoryMinutes,
            v.practiceMinutes, r.officeId, o.name AS officeName, o.nameEn AS officeNameEn, r.instituteId,
            i.name AS instituteName, i.licenceNumber, r.roomId, m.name AS roomName, m.capacity AS roomCapacity,
            r.trainerId, t.givenName, t.familyName
     FROM course_run r
     JOIN training_standard s ON s.id = r.standardId
     JOIN training_standard_version v ON v.id = r.standardVersionId
     JOIN office o ON o.id = r.officeId
     JOIN institute i ON i.id = r.instituteId
     JOIN room m ON m.id = r.roomId
     JOIN trainer t ON t.id = r.trainerId
     WHERE ${seen.sql}`,
    seen.values,
  );
  if (!row) throw new NotFound();
  const { standardId, code, titleFa, titleEn, theoryMinutes, practiceMinutes, ...rest } = row;
  const { officeId, officeName, officeNameEn, instituteId, instituteName, licenceNumber } = row;
  const { roomId, roomName, roomCapacity, trainerId, givenName, familyName } = row;
  return {
    ...rest,
    demo: Boolean(row.demo),
    standard: { id: standardId, code, titleFa, titleEn, theoryMinutes, practiceMinutes },
    office: { id: officeId, name: officeName, nameEn: officeNameEn },
    institute: { id: instituteId, name: instituteName, licenceNumber },
    room: { id: roomId, name: roomName, capacity: roomCapacity },
    trainer: { id: trainerId, givenName, familyName },
  };
}

async function enrolmentsOf(tx: Reads, runId: string, sessions: SessionType[]): Promise<RunEnrolmentType[]> {
  const rows = await tx.query<EnrolmentRow>(
    `SELECT e.id, e.traineeId, e.status, e.enrolledAt, e.settled, t.nationalId, t.givenName, t.familyName, t.fatherName
     FROM enrolment e JOIN trainee t ON t.id = e.traineeId WHERE e.runId = ?`,
    [runId],
  );
  const tallies = await talliesOf(tx, runId);
  const planned = minutesOf(sessions, [SessionStatus.PLANNED, SessionStatus.HELD]);
  const held = minutesOf(sessions, [SessionStatus.HELD]);
  const enrolments = rows.map((row) => {
    const { nationalId, givenName, familyName, fatherName } = tx.reveal(Trainee, row.traineeId, row);
    return {
      id: row.id,
      traineeId: row.traineeId,
      status: row.status,
      enrolledAt: asInstant(row.enrolledAt),
      settled: Boolean(row.settled),
      givenName,
      familyName,
      ...masked({ nationalId, fatherName }),
      attendance: attendanceTotals(tallies.get(row.id) ?? [], planned, held),
    };
  });
  return sortPersian(enrolments, ({ familyName, givenName }) => `${familyName} ${givenName}`);
}
const minutesOf = (sessions: readonly SessionType[], states: readonly SessionStatus[]): number =>
  sessions
    .filter(({ status }) => states.includes(status))
    .reduce((minutes, { startMinute, endMinute }) => minutes + endMinute - startMinute, 0);
