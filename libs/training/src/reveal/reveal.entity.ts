import { Entity, Index, type Relation } from 'typeorm';
import { Role } from '@app/access';
import { BelongsTo, Choice, Count, Id, Instant, KeyRef, KeyText, Personal, Ref } from '@app/platform';
import { Trainee } from '../trainee/trainee.entity.js';

/** Somebody has looked at what lists mask of a person, and said why. Never changed; the person sees it too. */
@Entity('reveal')
@Index('reveal_by_trainee', ['traineeId', 'id'])
export class Reveal {
  @Id() id: string;
  @Ref() traineeId: string;
  @Ref() userId: string;
  @Choice(Role) role: Role;
  @Personal(300) purpose: string;
  @Instant() revealedAt: Date;
  @BelongsTo(() => Trainee, 'traineeId') trainee: Relation<Trainee>;
}

/** How often one user has revealed on one day. Counted in the unit of the reveal; rows of past days are removed at night. */
@Entity('reveal_counter')
export class RevealCounter {
  @KeyRef() userId: string;
  /** `YYYY-MM-DD`, Gregorian, in Iran. */
  @KeyText(10) day: string;
  @Count() used: number;
}
