import { Injectable } from '@nestjs/common';
import { Graduates, type PersonAtNumber } from '@app/access';
import type { Reads } from '@app/platform';
import { Trainee } from '../trainee/trainee.entity.js';

/** Tells the access lib whose mobile number it is. */
@Injectable()
export class TrainingGraduates extends Graduates {
  async at(tx: Reads, mobileIndex: string): Promise<PersonAtNumber[]> {
    const rows = await tx.query<{ id: string; birthDay: string | null; nationalId: string }>(
      'SELECT id, birthDay, nationalId FROM trainee WHERE mobileIndex = ?',
      [mobileIndex],
    );
    return rows.map((row) => {
      const { birthDay, nationalId } = tx.reveal(Trainee, row.id, row);
      return { traineeId: row.id, birthDay, nationalIdEnd: nationalId.slice(-4) };
    });
  }
}
