import { Injectable } from '@nestjs/common';
import { Graduates, type PersonAtNumber } from '@app/access';
import { conditions, type Reads } from '@app/platform';
import { Trainee } from '../trainee/trainee.entity.js';

/** Tells the access lib whose mobile number it is. */
@Injectable()
export class TrainingGraduates extends Graduates {
  async at(tx: Reads, mobileIndexes: readonly string[]): Promise<PersonAtNumber[]> {
    const { sql, values } = conditions('t', { mobileIndex: mobileIndexes });
    const rows = await tx.query<{ id: string; birthDay: string | null; nationalId: string }>(
      `SELECT t.id, t.birthDay, t.nationalId FROM trainee t WHERE ${sql}`,
      values,
    );
    return rows.map((row) => {
      const { birthDay, nationalId } = tx.reveal(Trainee, row.id, row);
      return { traineeId: row.id, birthDay, nationalIdEnd: nationalId.slice(-4) };
    });
  }
}
