import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { readSpreadsheetApart, UnreadableSpreadsheet, Upload, Uploads } from '@app/documents';
import { jalaliYear, maskMobile, maskNationalId, toPersianDigits } from '@app/persian';
import { Clock, type Columns, Database, FileStore, Keys, newId, type Reads, Refused, SYSTEM } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';
import { runsFor } from '../course-run/course-run.policy.js';
import { CourseRunAction } from '../course-run/course-run.rules.js';
import { Enrolment, type EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { refuseRun } from '../enrolment/enrolment.rules.js';
import { EnrolmentService } from '../enrolment/enrolment.service.js';
import { Trainees } from '../trainee/trainee.service.js';
import { ClassListAccepted, ClassListEnrolled, ClassListHandedIn } from './class-list.events.js';
import type {
  ClassListImportRow,
  ClassListImportType,
  EnrolClassListInput,
  ReadClassListInput,
} from './class-list.graphql.js';
import { type ClassListReading, interpretClassList, NotAClassList, type RowRepair } from './class-list.rules.js';
import { ClassListImport, ClassListImportState as State } from './class-list-import.entity.js';
import {
  asReport,
  ClassListRefusal,
  giveSeats,
  type ReportRow,
  RowOutcome,
  type SeatFacts,
} from './class-list-import.rules.js';
import { ClassListField } from './class-list-texts.rules.js';

/** What is kept of a file that was read: sealed, because it names people. */
interface Report {
  rows: ReportRow[];
  notes: ClassListReading['notes'];
  /** The sheets to choose from, when the file has several class lists. */
  sheets: string[];
}

const EMPTY: Report = { rows: [], notes: [], sheets: [] };

/** Class lists that institutes hand in: a dry run that tells of every row, and a real run that enrols. */
@Injectable()
export class ClassListImportService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly files: FileStore,
    private readonly keys: Keys,
    private readonly uploads: Uploads,
    private readonly trainees: Trainees,
    private readonly enrolments: EnrolmentService,
  ) {}

  /**
   * Takes an upload as the class list of a run; a job reads it and says what would become of each row.
   *
   * @returns the import as this unit leaves it
   * @throws NotFound the run is not the actor's to enrol into, or the upload is another's
   * @throws Refused  the run takes nobody any more
   */
  handIn(actor: Actor, { runId, uploadId, sheet = null }: ReadClassListInput): Promise<ClassListImport> {
    return this.db.write(actor, async (tx) => {
      const run = await tx.get(CourseRun, { id: runId, ...runsFor(actor, CourseRunAction.ENROL) });
      await tx.get(Upload, { id: uploadId, ownerId: actor.userId });
      if (refuseRun(run, this.clock.today())) throw new Refused(ClassListRefusal.RUN_CLOSED);
      const handedIn = await tx.insert(ClassListImport, {
        ...{ runId, uploadId, sheet, state: State.READING, rowCount: 0, acceptedCount: 0, refusedCount: 0 },
        ...{ reportKey: null, reason: null, messageFa: null, messageEn: null },
        requestedBy: actor.userId,
        requestedAt: this.clock.now(),
      });
      tx.emit(ClassListHandedIn, { runId, importId: handedIn.id });
      return handedIn;
    });
  }

  /**
   * Lets a job enrol the people of a list that was read. Asked again, it enrols nobody twice.
   *
   * @returns the import as this unit leaves it
   * @throws NotFound the import is not the actor's
   * @throws Refused  the list is not read, or the run takes nobody any more
   */
  accept(actor: Actor, { importId }: EnrolClassListInput): Promise<ClassListImport> {
    return this.db.write(actor, async (tx) => {
      const read = await tx.lock(ClassListImport, { id: importId });
      const { runId, state } = read;
      const run = await tx.get(CourseRun, { id: runId, ...runsFor(actor, CourseRunAction.ENROL) });
      if (state === State.ENROLLING || state === State.ENROLLED) return read;
      if (state !== State.READ) throw new Refused(ClassListRefusal.NOT_READ);
      if (refuseRun(run, this.clock.today())) throw new Refused(ClassListRefusal.RUN_CLOSED);
      await tx.update(ClassListImport, { id: importId }, { state: State.ENROLLING });
      tx.emit(ClassListAccepted, { runId, importId });
      return { ...read, state: State.ENROLLING };
    });
  }

  /** @throws NotFound no such import, or none of a run the actor may enrol into */
  get(actor: Actor, importId: string): Promise<ClassListImportType> {
    return this.db.read(async (tx) => {
      const kept = await tx.get(ClassListImport, { id: importId });
      await tx.get(CourseRun, { id: kept.runId, ...runsFor(actor, CourseRunAction.ENROL) });
      return this.withReport(kept);
    });
  }

  /** An import with the report that it names; a report is never changed, so an older import shows an older one. */
  async withReport(kept: ClassListImport): Promise<ClassListImportType> {
    const { rows, ...report } = await this.report(kept);
    return { ...kept, ...report, rows: rows.map(shown) };
  }

  /** The dry run. A list that is read already is left as it is. */
  async read(importId: string): Promise<void> {
    const kept = await this.db.read((tx) => tx.get(ClassListImport, { id: importId }));
    if (kept.state !== State.READING) return;
    const file = await this.uploads.read(kept.uploadId);
    try {
      const { sheets } = await readSpreadsheetApart(file, kept.sheet === null ? {} : { sheet: kept.sheet });
      const { rows, notes } = interpretClassList(sheets, { today: this.clock.today() });
      const read = asReport(rows);
      const judged = await this.db.read(async (tx) =>
        giveSeats(read, await this.facts(tx, await tx.get(CourseRun, { id: kept.runId }), read)),
      );
      const report = { rows: judged, notes, sheets: [] };
      const reportKey = await this.keep(importId, report);
      await this.settle(importId, State.READING, { state: State.READ, reportKey, ...counted(judged) });
    } catch (error) {
      if (!(error instanceof UnreadableSpreadsheet || error instanceof NotAClassList)) throw error;
      const sheets = error instanceof NotAClassList ? error.sheets : [];
      const { reason, messageFa, messageEn } = error;
      const reportKey = await this.keep(importId, { ...EMPTY, sheets });
      await this.settle(importId, State.READING, { state: State.REFUSED, reportKey, reason, messageFa, messageEn });
    }
  }

  /**
   * The real run: all who get a seat are enrolled in one unit. Run twice or beside itself, the second finds the list
   * enrolled; of two lists with the same people the later one finds them enrolled.
   */
  async enrol(importId: string): Promise<void> {
    const kept = await this.db.read((tx) => tx.get(ClassListImport, { id: importId }));
    if (kept.state !== State.ENROLLING) return;
    const report = await this.report(kept);
    await this.db.write(SYSTEM, async (tx) => {
      const { state, runId } = await tx.lock(ClassListImport, { id: importId });
      if (state !== State.ENROLLING) return;
      // Locked, so that the seats that are free now are free until they are given.
      const run = await tx.lock(CourseRun, { id: runId });
      if (refuseRun(run, this.clock.today())) {
        await tx.update(ClassListImport, { id: importId }, { state: State.REFUSED, ...RUN_CLOSED });
        return;
      }
      const judged = giveSeats(report.rows, await this.facts(tx, run, report.rows));
      const people = judged.flatMap(({ outcome, person }) =>
        outcome === RowOutcome.ACCEPTED && person ? [person] : [],
      );
      const traineeIds = [...(await this.trainees.register(tx, people)).values()];
      this.enrolments.seat(
        tx,
        traineeIds.map((traineeId) => ({ runId, traineeId, by: SYSTEM })),
      );
      const rows = judged.map((row) =>
        row.outcome === RowOutcome.ACCEPTED ? { ...row, outcome: RowOutcome.ENROLLED } : row,
      );
      // Stored before the row that names it. If the unit runs again, a file is left that nothing names.
      const reportKey = await this.keep(importId, { ...report, rows });
      await tx.update(ClassListImport, { id: importId }, { state: State.ENROLLED, reportKey, ...counted(rows) });
      tx.emit(ClassListEnrolled, { runId, importId, enrolled: people.length });
    });
  }

  /** Says that the list could not be read, through no fault of the file. */
  async giveUpReading(importId: string): Promise<void> {
    await this.settle(importId, State.READING, { state: State.REFUSED, ...FAILED });
  }

  /** Nobody was enrolled: the list stands as read and may be tried again. */
  async giveUpEnrolling(importId: string): Promise<void> {
    await this.settle(importId, State.ENROLLING, { state: State.READ, ...FAILED });
  }

  private async facts(tx: Reads, run: CourseRun, rows: readonly ReportRow[]): Promise<SeatFacts> {
    const known = await this.trainees.known(
      tx,
      rows.flatMap(({ person }) => (person ? [person.nationalId] : [])),
    );
    const enrolled = await tx.repo(Enrolment).findBy({ runId: run.id });
    const statusOf = new Map(enrolled.map(({ traineeId, status }) => [traineeId, status]));
    const earlier = new Map<string, EnrolmentStatus>();
    for (const [nationalId, traineeId] of known) {
      const status = statusOf.get(traineeId);
      if (status) earlier.set(nationalId, status);
    }
    return { known, earlier, freeSeats: run.capacity - run.seatsTaken };
  }

  private async settle(importId: string, from: State, columns: Partial<Columns<ClassListImport>>): Promise<void> {
    await this.db.write(SYSTEM, async (tx) => {
      const { state } = await tx.lock(ClassListImport, { id: importId });
      if (state === from) await tx.update(ClassListImport, { id: importId }, columns);
    });
  }

  /** Stores a report under a key of its own, because a file is never changed. */
  private async keep(importId: string, report: Report): Promise<string> {
    const reportKey = `class-lists/${importId}/${newId()}`;
    await this.files.put(reportKey, Buffer.from(this.keys.seal(JSON.stringify(report), reportKey)));
    return reportKey;
  }

  private async report({ reportKey }: ClassListImport): Promise<Report> {
    if (reportKey === null) return EMPTY;
    const sealed = await this.files.get(reportKey);
    return JSON.parse(this.keys.open(sealed.toString(), reportKey).toString()) as Report;
  }
}

const counted = (rows: readonly ReportRow[]) => {
  const refusedCount = rows.filter(({ outcome }) => outcome === RowOutcome.REFUSED).length;
  return { rowCount: rows.length, refusedCount, acceptedCount: rows.length - refusedCount };
};

/** A row as people see it: IDs and numbers by their last digits, birth dates by their year. */
function shown({ person, repairs, ...row }: ReportRow): ClassListImportRow {
  return {
    ...row,
    givenName: person?.givenName ?? null,
    familyName: person?.familyName ?? null,
    fatherName: person?.fatherName ?? null,
    birthYear: person?.birthDay ? jalaliYear(person.birthDay).year : null,
    maskedNationalId: person ? maskNationalId(person.nationalId) : null,
    maskedMobile: person?.mobile ? maskMobile(person.mobile) : null,
    repairs: repairs.map(shownRepair),
  };
}

function shownRepair(repair: RowRepair): RowRepair {
  const { field, from, to } = repair;
  if (field === ClassListField.NATIONAL_ID) return { ...repair, from: maskNationalId(from), to: maskNationalId(to) };
  if (field === ClassListField.MOBILE) return { ...repair, from: maskNationalId(from), to: maskMobile(to) };
  if (field === ClassListField.BIRTH_DAY)
    return { ...repair, from: from.replace(/\p{Nd}/gu, '•'), to: `${toPersianDigits(to.slice(0, 4))}/••/••` };
  return repair;
}

const RUN_CLOSED = {
  reason: 'RUN_CLOSED',
  messageFa: 'ثبت‌نام این دوره بسته شده است؛ هیچ‌کس ثبت‌نام نشد. با اداره هماهنگ کنید.',
  messageEn: 'Enrolment in this run is closed; nobody was enrolled. Speak to the office.',
};
const FAILED = {
  reason: 'FAILED',
  messageFa: 'این کار به پایان نرسید و هیچ‌کس ثبت‌نام نشد. دوباره تلاش کنید؛ اگر باز نشد به اداره خبر دهید.',
  messageEn: 'This could not be finished, and nobody was enrolled. Try again; if it fails again, tell the office.',
};
