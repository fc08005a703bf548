import { Entity, Index, type Relation } from 'typeorm';
import { BelongsTo, Id, Instant, Ref } from '@app/platform';
import { Trainee } from './trainee.entity.js';

/** Somebody stood in the register twice: this row was merged into the one that is kept. Its id resolves for ever. */
@Entity('merged_trainee')
@Index('merged_trainee_by_kept', ['keptId'])
export class MergedTrainee {
  /** The merged trainee's. */
  @Id() id: string;
  /** The one that is kept, which is never merged itself. */
  @Ref() keptId: string;
  @Instant() mergedAt: Date;
  @BelongsTo(() => Trainee, 'id') trainee: Relation<Trainee>;
  @BelongsTo(() => Trainee, 'keptId') kept: Relation<Trainee>;
}
