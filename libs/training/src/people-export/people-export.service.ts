import { setImmediate as breath } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Actor,
  type AgreementDetail,
  AgreementDetailName as Detail,
  AgreementKind,
  Agreements,
  type ToldRequest,
  UserAccount,
} from '@app/access';
import { Documents, Drawing, StoredDocument } from '@app/documents';
import { dayInTehran } from '@app/persian';
import { asInstant, conditions, Database, newId, type Reads, Refused, type Tx, under } from '@app/platform';
import { Office } from '../office/office.entity.js';
import { officers, officesSeenBy } from '../office/office.policy.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { drawPeopleExport, type ExportedPlace, type PeopleExportModel } from './people-export.document.js';
import { PeopleExportAgreed } from './people-export.events.js';
import { PeopleExportRefusal } from './people-export.rules.js';

/** The kind of its stored document; the subject is the export. */
export const PEOPLE_EXPORT = 'PEOPLE_EXPORT';
const EXPORT = { draw: drawPeopleExport, from: new URL('./people-export.document.js', import.meta.url) };
const WATERMARK = 'نمونه، فاقد اعتبار';
const SHOWN = 100;
/** Their people are read, and their names opened, without a pause. */
const RUNS_AT_ONCE = 10;

interface Asked {
  exportId: string;
  officeId: string;
}
interface PlaceRow extends Omit<ExportedPlace, 'enrolledOn'> {
  traineeId: string;
  enrolledAt: unknown;
}

/** The people of an office as one file. It takes two, and who asked is named in every row of it. */
@Injectable()
export class PeopleExportService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly agreements: Agreements,
    private readonly drawing: Drawing,
  ) {}

  onModuleInit(): void {
    // Only who asked opens it.
    this.documents.allow(PEOPLE_EXPORT, async (tx, { userId }, subjectId) => {
      await tx.get(StoredDocument, { kind: PEOPLE_EXPORT, subjectId, requestedBy: userId });
    });
    this.agreements.register<Asked>({
      kind: AgreementKind.PEOPLE_EXPORT,
      askers: officers,
      agreers: officers,
      perform: (tx, asker, asked) => this.allow(tx, asker, asked),
    });
  }

  /**
   * Asks for the people of an office, the own one or one below, with all their courses there.
   *
   * @throws NotFound the office is not the actor's to see
   * @throws Refused  a `PeopleExportRefusal`; nothing is written
   */
  ask(actor: Actor, officeId: string, purpose: string): Promise<ToldRequest> {
    return this.agreements.ask(actor, AgreementKind.PEOPLE_EXPORT, { exportId: newId(), officeId }, purpose);
  }

  /** The files that the actor has asked for, the latest first. */
  own({ userId }: Actor): Promise<StoredDocument[]> {
    return this.db.read((tx) =>
      tx.repo(StoredDocument).find({
        where: { kind: PEOPLE_EXPORT, requestedBy: userId },
        order: { requestedAt: 'DESC', id: 'DESC' },
        take: SHOWN,
      }),
    );
  }

  private async allow(tx: Tx, asker: Actor, { exportId, officeId }: Asked): Promise<AgreementDetail[]> {
    const office = await tx.get(Office, { id: officeId, ...officesSeenBy(asker) });
    const inOffice = conditions('r', { path: under(office.path) });
    const [counted] = await tx.query<{ people: number }>(
      `SELECT COUNT(DISTINCT e.traineeId) AS people FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE ${inOffice.sql}`,
      inOffice.values,
    );
    const people = Number(counted?.people);
    if (people === 0) throw new Refused(PeopleExportRefusal.NOBODY);
    await this.documents.request(tx, {
      ...{
        kind: PEOPLE_EXPORT,
        subjectId: exportId,
        requestedBy: asker.userId,
        fileName: `people-${exportId.slice(-12)}.xlsx`,
      },
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    });
    tx.emit(PeopleExportAgreed, { exportId, officeId, askedById: asker.userId });
    return [
      { name: Detail.OFFICE, value: office.name },
      { name: Detail.PEOPLE, value: String(people) },
    ];
  }

  async write(exportId: string, officeId: string): Promise<void> {
    const document = await this.document(exportId);
    await this.documents.draw(document ? [document] : [], async (asked, signal) =>
      this.drawing.one(EXPORT, await this.db.snapshot((tx) => this.model(tx, asked, officeId)), signal),
    );
  }

  async giveUp(exportId: string, reason: string): Promise<void> {
    const document = await this.document(exportId);
    if (document) await this.documents.fail(document.id, reason);
  }

  private document(subjectId: string): Promise<StoredDocument | null> {
    return this.db.read((tx) => tx.repo(StoredDocument).findOneBy({ kind: PEOPLE_EXPORT, subjectId }));
  }

  private async model(tx: Reads, document: StoredDocument, officeId: string): Promise<PeopleExportModel> {
    const office = await tx.get(Office, { id: officeId });
    const asker = await tx.get(UserAccount, { id: document.requestedBy });
    const inOffice = conditions('r', { path: under(office.path) });
    const runs = await tx.query<{ id: string; demo: number | boolean }>(
      `SELECT r.id, r.demo FROM course_run r
        WHERE ${inOffice.sql} AND EXISTS (SELECT 1 FROM enrolment e WHERE e.runId = r.id) ORDER BY r.startsOn, r.id`,
      inOffice.values,
    );
    const places: ExportedPlace[] = [];
    for (let at = 0; at < runs.length; at += RUNS_AT_ONCE) {
      places.push(...(await this.places(tx, runs.slice(at, at + RUNS_AT_ONCE))));
      await breath();
    }
    return {
      ...{ officeName: office.name, askedBy: asker.displayName, askedAt: document.requestedAt },
      ...{ trace: document.subjectId, watermark: runs.some(({ demo }) => demo) ? WATERMARK : null, places },
    };
  }

  private async places(tx: Reads, runs: { id: string }[]): Promise<ExportedPlace[]> {
    const ofRuns = conditions('e', { runId: runs.map(({ id }) => id) });
    const rows = await tx.query<PlaceRow>(
      `SELECT e.traineeId, t.familyName, t.givenName, t.fatherName, t.nationalId, r.number AS runNumber,
              s.titleFa AS standardTitle, i.name AS instituteName, e.enrolledAt
         FROM enrolment e
         JOIN trainee t ON t.id = e.traineeId
         JOIN course_run r ON r.id = e.runId
         JOIN training_standard s ON s.id = r.standardId
         JOIN institute i ON i.id = r.instituteId
        WHERE ${ofRuns.sql} ORDER BY r.startsOn, e.id`,
      ofRuns.values,
    );
    return rows.map(({ traineeId, enrolledAt, ...row }) => ({
      ...tx.reveal(Trainee, traineeId, row),
      enrolledOn: dayInTehran(asInstant(enrolledAt)),
    }));
  }
}
