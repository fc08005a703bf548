import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Flag, Id, Instant, Ref, Text } from '@app/platform';
import type { RoleInBounds } from '../access.rules.js';
import { Role } from '../actor.rules.js';

/** A member of staff who may sign in. Never deleted: events name it; `disabled` ends its sessions at once. */
@Entity('user_account')
@Unique('user_account_once_per_name', ['userName'])
export class UserAccount {
  @Id() id: string;
  /** In lower case; see `userNameForm`. */
  @Text(64) userName: string;
  @Text(100) displayName: string;
  /** argon2id with its parameters and salt, in PHC form. */
  @Text(200) passwordHash: string;
  @Flag() disabled: boolean;
  @Instant() createdAt: Date;
  /** When a higher office let the person in again: the days to set up a second factor begin anew. */
  @Instant({ nullable: true }) graceFrom: Date | null;
}

/** One role that a person holds, with the ids that bound it. They name rows of libs above, so no foreign key guards them. */
@Entity('role_grant')
@Index('role_grant_by_user', ['userId'])
export class RoleGrant implements RoleInBounds {
  @Id() id: string;
  @Ref() userId: string;
  @Choice(Role) role: Role;
  @Text(2, { nullable: true }) provinceCode: string | null;
  @Ref({ nullable: true }) officeId: string | null;
  @Ref({ nullable: true }) instituteId: string | null;
  @Ref({ nullable: true }) trainerId: string | null;
  @Ref({ nullable: true }) branchId: string | null;
  @Ref({ nullable: true }) traineeId: string | null;
  @BelongsTo(() => UserAccount, 'userId') user: Relation<UserAccount>;
}
