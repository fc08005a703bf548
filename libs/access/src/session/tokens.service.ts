import { Injectable } from '@nestjs/common';
import { BadInput, Clock, Database, Forbidden, newId, type Tx } from '@app/platform';
import { DEVICE_DAYS, DEVICE_SCOPES } from '../access.rules.js';
import { ANY_QUERY, Operations } from '../operations.js';
import { TokenCreated } from './session.events.js';
import { bearerOf, type Headers } from './session-cookie.js';
import { addSession, Sessions, type StandingSession } from './sessions.service.js';
import { SessionKind, SignInSession } from './sign-in-session.entity.js';

/** A token, shown once: whoever has it acts as its owner, within its scopes. */
export interface NewToken {
  id: string;
  token: string;
  scopes: string[];
  expiresAt: Date;
}

const DAY = 24 * 3_600_000;

/** Bearer tokens: sessions of other programs and of devices, each in the role in which it was made. */
@Injectable()
export class Tokens {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly operations: Operations,
    private readonly sessions: Sessions,
  ) {}

  /** Whether the token that came with a request may send a text that is not one of our pages'. */
  async mayAskAnything(headers: Headers): Promise<boolean> {
    const token = bearerOf(headers);
    const session = token ? await this.sessions.standing(token, false) : null;
    return session?.scopes?.includes(ANY_QUERY) ?? false;
  }

  /**
   * Makes a token for another program. Its scopes narrow what the role may try, and never widen it.
   *
   * @throws BadInput a scope is no operation that the role may try without being there in person
   */
  create(
    session: StandingSession,
    { name, scopes, days }: { name: string; scopes: string[]; days: number },
  ): Promise<NewToken> {
    const known = this.operations.scopesOf(session.role);
    const unknown = scopes.filter((scope) => !known.includes(scope));
    if (unknown.length > 0) throw new BadInput(unknownScopes(unknown));
    return this.db.write(session, (tx) => this.add(tx, session, SessionKind.PROGRAM, name, scopes, days), {
      secret: true,
    });
  }

  /** Makes the first token of a device that takes attendance offline. */
  createForDevice(session: StandingSession, name: string): Promise<NewToken> {
    return this.db.write(
      session,
      (tx) => this.add(tx, session, SessionKind.DEVICE, name, DEVICE_SCOPES, DEVICE_DAYS, { familyId: newId() }),
      { secret: true },
    );
  }

  /**
   * Gives a device its next token. The old one goes on until the new one is first used, so that an answer that was lost
   * on the way locks nobody out; used after that, it is a copy, and all tokens of the device end.
   *
   * @throws Forbidden it is no token of a device that asks
   */
  async rotate(session: StandingSession): Promise<NewToken> {
    if (session.kind !== SessionKind.DEVICE) throw new Forbidden();
    return this.db.write(
      session,
      async (tx) => {
        const { name, familyId } = await tx.lock(SignInSession, { id: session.id });
        // One that was asked for before and never came is no use to anybody.
        await tx.remove(SignInSession, { replacesId: session.id });
        const of = { familyId, replacesId: session.id };
        return this.add(tx, session, SessionKind.DEVICE, name ?? '', DEVICE_SCOPES, DEVICE_DAYS, of);
      },
      { secret: true },
    );
  }

  private async add(
    tx: Tx,
    session: StandingSession,
    kind: SessionKind,
    name: string,
    scopes: string[],
    days: number,
    of: Partial<Pick<SignInSession, 'familyId' | 'replacesId'>> = {},
  ): Promise<NewToken> {
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + days * DAY);
    const grant = { ...session, id: session.grantId };
    const added = await addSession(tx, session, grant, { kind, name, scopes, createdAt, expiresAt, ...of });
    tx.emit(TokenCreated, { userId: session.userId, sessionId: added.session.id });
    return { id: added.session.id, token: added.token, scopes, expiresAt };
  }
}

const unknownScopes = (names: string[]) => ({
  field: 'input.scopes',
  messageFa: `نقش شما این کارها را ندارد یا به توکن داده نمی‌شود: ${names.join('، ')}`,
  messageEn: `Your role has no such operation, or no token may have it: ${names.join(', ')}`,
});
