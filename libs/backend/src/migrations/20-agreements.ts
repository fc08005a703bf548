import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, createTable, day, id, instant, json, optional, personalText, ref, text } from '@app/platform';

/** What takes two people, and who stands in for whom. */
export class Agreements1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'agreement_request', {
      columns: {
        id: id(),
        kind: choice(),
        state: choice(),
        body: json(),
        about: personalText(2000),
        purpose: personalText(300),
        askedById: ref(),
        asker: json(),
        askedAt: instant(),
        role: choice(),
        place: text(80),
        waitingSince: instant(),
        answeredById: optional(ref()),
        answeredForId: optional(ref()),
        answeredAt: optional(instant()),
        answer: optional(personalText(300)),
        outcome: optional(text(64)),
      },
      index: {
        agreement_request_by_desk: ['state', 'role', 'place'],
        agreement_request_by_asker: ['askedById'],
      },
    });
    await createTable(runner, 'deputy', {
      columns: {
        id: id(),
        userId: ref(),
        grantId: ref(),
        deputyId: ref(),
        fromDay: day(),
        toDay: day(),
        namedAt: instant(),
        endedAt: optional(instant()),
      },
      index: { deputy_by_deputy: ['deputyId'], deputy_by_user: ['userId'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
