import { Injectable } from '@nestjs/common';
import { BadInput, Clock, Database, Forbidden, newId, NOBODY, NotFound, Refused, SYSTEM, type Tx } from '@app/platform';
import {
  ADMINISTRATOR_INVITATION_HOURS,
  type Bounds,
  boundsOf,
  INVITATION_HOURS,
  invitedBy,
  type RoleInBounds,
  wrongBounds,
} from '../access.rules.js';
import { Accounts, type Grant, inBounds } from '../account/accounts.service.js';
import { RoleGrant } from '../account/user-account.entity.js';
import { type Actor, Role } from '../actor.rules.js';
import { Places } from '../places.js';
import { UserSignedIn } from '../session/session.events.js';
import { openSession, type StandingSession } from '../session/sessions.service.js';
import { newToken, tokenHash } from '../token.js';
import { Invitation } from './invitation.entity.js';
import { InvitationAccepted, UserInvited } from './invitation.events.js';
import { InvitationRefusal, invitationStands } from './invitation.rules.js';

interface Invited {
  token: string;
  expiresAt: Date;
}

/** Lets people in: those above invite those below them. */
@Injectable()
export class Invitations {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly places: Places,
  ) {}

  /**
   * Makes a single-use link for a person of the next lower level.
   *
   * @throws Forbidden  the actor's role does not invite this role
   * @throws BadInput   an id that bounds the role is missing, or one is given that it does not have
   * @throws NotFound   a place lies outside the actor's reach, or nowhere
   */
  async invite(actor: Actor, grant: Grant): Promise<Invited> {
    const wanted = grantGivenBy(actor, grant);
    return this.db.write(
      actor,
      async (tx) => {
        if (!(await this.places.within(tx, actor, wanted))) throw new NotFound();
        return addInvitation(tx, wanted, actor.userId, INVITATION_HOURS, this.clock.now());
      },
      { secret: true },
    );
  }

  /**
   * Makes the invited person's account and signs it in. A link works once.
   *
   * @throws Refused   an `InvitationRefusal`; nothing is written
   * @throws BadInput  user name or password are not taken
   */
  async accept({
    token,
    ...typed
  }: {
    token: string;
    userName: string;
    password: string;
    displayName: string;
  }): Promise<{ token: string; session: StandingSession }> {
    const link = { tokenHash: tokenHash(token) };
    // Looked at before the password is hashed, so that a guessed link costs next to nothing.
    const invitation = await this.db.read((tx) => tx.repo(Invitation).findOneBy(link));
    const stands = invitation && invitationStands(invitation, this.clock.now());
    const person = stands ? await this.accounts.checked(typed) : null;

    return this.db.write(
      NOBODY,
      async (tx) => {
        if (!person) throw new Refused(InvitationRefusal.INVITATION_ENDED);
        const now = this.clock.now();
        const { id: invitationId, ...held } = await tx.lock(Invitation, link);
        if (!invitationStands(held, now)) throw new Refused(InvitationRefusal.INVITATION_ENDED);
        const userId = newId();
        const { userName, displayName, passwordHash } = person;
        // The unique key decides between two who want one name.
        const added = await tx.execute(
          `${tx.dialect.insertIgnore} INTO user_account (id, userName, displayName, passwordHash, disabled, createdAt, graceFrom)
           VALUES (?, ?, ?, ?, ?, ?, NULL)`,
          [userId, userName, displayName, passwordHash, false, now],
        );
        if (added === 0) throw new Refused(InvitationRefusal.USER_NAME_TAKEN);
        const grant = await tx.insert(RoleGrant, { userId, ...inBounds(held) });
        await tx.update(Invitation, { id: invitationId }, { usedAt: now });
        tx.emit(InvitationAccepted, { invitationId, userId });
        tx.emit(UserSignedIn, { userId, grantId: grant.id });
        return openSession(tx, { userId, displayName }, grant, now);
      },
      { secret: true },
    );
  }
}

/**
 * A grant as the actor may give it, with all its bounds. Whether its place is within reach is still to be asked.
 *
 * @throws Forbidden  the actor's role does not give this role
 * @throws BadInput   an id that bounds the role is missing, or one is given that it does not have
 */
export function grantGivenBy(actor: Actor, grant: Grant): RoleInBounds {
  const wanted = inBounds({ ...ownBounds(actor, grant.role), ...grant });
  if (!invitedBy[actor.role].includes(wanted.role)) throw new Forbidden();
  const wrong = wrongBounds(wanted);
  if (wrong.length > 0) throw new BadInput(...wrong.map((field) => ({ field, ...WRONG_BOUND })));
  return wanted;
}

/** What of a role's bounds the actor has too: an office invites into its own place without naming it. */
const ownBounds = (actor: Actor, role: Role): Partial<Bounds> =>
  Object.fromEntries(
    boundsOf[role].filter((name) => name in actor).map((name) => [name, (actor as unknown as Bounds)[name]]),
  );

const WRONG_BOUND = {
  messageFa: 'این شناسه برای این نقش لازم است یا این نقش آن را ندارد.',
  messageEn: 'This role needs this id, or does not have it.',
};

/**
 * Makes the link by which the first administrator comes in, or one who lost the password: for the server's command line,
 * whose user owns the database anyway.
 */
export const createFirstAdministratorInvitation = (db: Database, clock: Clock): Promise<Invited> =>
  db.write(SYSTEM, (tx) =>
    addInvitation(tx, inBounds({ role: Role.ADMINISTRATOR }), null, ADMINISTRATOR_INVITATION_HOURS, clock.now()),
  );

/** The page that accepts an invitation. The token stands behind the `#`, which no server and no log sees. */
export const invitationLink = (publicUrl: string, token: string): string => `${publicUrl}/invitation#${token}`;

async function addInvitation(
  tx: Tx,
  wanted: RoleInBounds,
  invitedById: string | null,
  hours: number,
  now: Date,
): Promise<Invited> {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + hours * 3_600_000);
  const { id: invitationId } = await tx.insert(Invitation, {
    tokenHash: tokenHash(token),
    ...wanted,
    invitedById,
    createdAt: now,
    expiresAt,
    usedAt: null,
  });
  tx.emit(UserInvited, { invitationId });
  return { token, expiresAt };
}
