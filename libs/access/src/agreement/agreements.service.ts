import { Injectable } from '@nestjs/common';
import { In, type FindOptionsWhere, LessThan, MoreThan, Not } from 'typeorm';
import {
  Clock,
  cursorKey,
  Database,
  Failure,
  Forbidden,
  NotFound,
  type Page,
  type PageArgs,
  pageOf,
  type Reads,
  Refused,
  Settings,
  SYSTEM,
  type Tx,
  under,
} from '@app/platform';
import { dayInTehran } from '@app/persian';
import { UserAccount } from '../account/user-account.entity.js';
import type { Actor, Role } from '../actor.rules.js';
import { AgreementRequest } from './agreement.entity.js';
import {
  AgreementAsked,
  AgreementDeclined,
  AgreementFailed,
  AgreementGiven,
  AgreementWentUp,
  AgreementWithdrawn,
} from './agreement.events.js';
import {
  type AgreementDetailName,
  type AgreementKind,
  AgreementRefusal as Refusal,
  AgreementState as State,
  deskAbove,
  deskOf,
  mayAgree,
  type Right,
  rolesBelow,
} from './agreement.rules.js';
import { Deputies, grantOf } from './deputies.service.js';
import { WorkDays } from './work-days.js';

/** One line of what a request is about. */
export interface AgreementDetail {
  name: AgreementDetailName;
  value: string;
}

/** What takes two people, as the lib does it that knows how. */
export interface Deed<Body extends object> {
  kind: AgreementKind;
  askers: readonly Role[];
  /** Who has the right to agree: at the asker's desk, or above it. */
  agreers: readonly Role[];
  /**
   * Does it in the caller's unit, as who asked, and tells what it was about. Every rule is asked here: it is rehearsed
   * when somebody asks for it, and done when another agrees, maybe days later. It touches nothing but `tx`.
   *
   * @throws Refused | NotFound  it cannot be done (any more); nothing of it stays
   */
  perform(tx: Tx, asker: Actor, body: Body): Promise<AgreementDetail[]>;
}

/** A request as people see it. */
export interface ToldRequest extends Omit<AgreementRequest, 'body' | 'about' | 'asker' | 'place'> {
  details: AgreementDetail[];
  askedAs: Role;
  /** Null for who sits at the server. */
  askedBy: string | null;
  answeredBy: string | null;
}

/**
 * G1 to G5: one asks, another agrees, and only then it is done: once, whole, and as it was asked. There is no other way
 * to what is registered here.
 */
@Injectable()
export class Agreements {
  private readonly deeds = new Map<AgreementKind, Deed<object>>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly deputies: Deputies,
    private readonly workDays: WorkDays,
    private readonly settings: Settings,
  ) {}

  /** Says how something is done that takes two. */
  register<Body extends object>(deed: Deed<Body>): void {
    if (this.deeds.has(deed.kind)) throw new Error(`Two deeds of kind ${deed.kind}`);
    this.deeds.set(deed.kind, deed as unknown as Deed<object>);
  }

  /**
   * Asks for it. What would refuse it now refuses the asking, in the deed's own words.
   *
   * @throws Forbidden  the role never asks for it
   */
  async ask(asker: Actor, kind: AgreementKind, body: object, purpose: string): Promise<ToldRequest> {
    const deed = this.deed(kind);
    if (!deed.askers.includes(asker.role)) throw new Forbidden();
    return this.db.write(asker, async (tx) => {
      const details = await tx.rehearse(() => deed.perform(tx, asker, body));
      const askedAt = this.clock.now();
      const request = await tx.insert(AgreementRequest, {
        ...{ kind, state: State.WAITING, body, about: JSON.stringify(details), purpose },
        ...{ askedById: asker.userId, asker, askedAt, ...deskOf(asker), waitingSince: askedAt },
        ...{ answeredById: null, answeredForId: null, answeredAt: null, answer: null, outcome: null },
      });
      tx.emit(AgreementAsked, { requestId: request.id, kind });
      return this.told(tx, request);
    });
  }

  /**
   * Agrees: it is done in the same unit, by what was asked. When it cannot be done any more, the request ends with the
   * reason and nothing else has changed.
   *
   * @throws NotFound  no such request, or none before a desk of the actor's
   * @throws Refused   `SAME_PERSON` or `NOT_WAITING`; nothing is written
   */
  agree(actor: Actor, requestId: string): Promise<ToldRequest> {
    return this.db.write(actor, async (tx) => {
      const { request, forId } = await this.held(tx, actor, requestId);
      const { kind, askedById } = request;
      const outcome = await this.done(tx, request);
      if (outcome === null) tx.emit(AgreementGiven, { requestId, kind, askedById, forId });
      else tx.emit(AgreementFailed, { requestId, kind, askedById, outcome });
      const state = outcome === null ? State.DONE : State.FAILED;
      return this.answered(tx, request, { state, outcome, answeredById: actor.userId, answeredForId: forId });
    });
  }

  /** Says no, and why. @throws as `agree` does */
  decline(actor: Actor, requestId: string, answer: string): Promise<ToldRequest> {
    return this.db.write(actor, async (tx) => {
      const { request, forId } = await this.held(tx, actor, requestId);
      tx.emit(AgreementDeclined, { requestId, kind: request.kind, askedById: request.askedById, forId });
      const by = { answeredById: actor.userId, answeredForId: forId };
      return this.answered(tx, request, { state: State.DECLINED, answer, ...by });
    });
  }

  /**
   * Takes back what the actor has asked.
   *
   * @throws NotFound  the actor has asked nothing of that id
   * @throws Refused   `NOT_WAITING`
   */
  withdraw(actor: Actor, requestId: string): Promise<ToldRequest> {
    return this.db.write(actor, async (tx) => {
      const request = await tx.lock(AgreementRequest, { id: requestId, askedById: actor.userId });
      if (request.state !== State.WAITING) throw new Refused(Refusal.NOT_WAITING);
      tx.emit(AgreementWithdrawn, { requestId, kind: request.kind });
      return this.answered(tx, request, { state: State.WITHDRAWN });
    });
  }

  /** What waits for the actor, for a desk of the own or of a colleague the actor stands in for; the oldest first. */
  async toAgree(actor: Actor, { first, after }: PageArgs): Promise<Page<ToldRequest>> {
    return this.db.read(async (tx) => {
      const [later] = cursorKey(after, 1) ?? [];
      const near = (await this.deputies.rightsOf(tx, actor)).flatMap(
        ({ role, place, userId }): FindOptionsWhere<AgreementRequest>[] => {
          const kinds = [...this.deeds.values()].filter(({ agreers }) => agreers.includes(role));
          const open = {
            kind: In(kinds.map(({ kind }) => kind)),
            state: State.WAITING,
            askedById: Not(In([actor.userId, userId])),
            ...(later && { id: MoreThan(String(later)) }),
          };
          return [role, ...rolesBelow(role)].map((desk) => ({ ...open, ...placesOf(desk, role, place) }));
        },
      );
      const found = await tx.repo(AgreementRequest).find({ where: near, order: { id: 'ASC' }, take: first + 1 });
      const { items, nextCursor } = pageOf(found, first, ({ id }) => [id]);
      return { items: await this.toldAll(tx, items), nextCursor };
    });
  }

  /** What the actor has asked, in whatever role, the latest first. */
  asked({ userId }: Actor, { first, after }: PageArgs): Promise<Page<ToldRequest>> {
    return this.db.read(async (tx) => {
      const [before] = cursorKey(after, 1) ?? [];
      const found = await tx.repo(AgreementRequest).find({
        where: { askedById: userId, ...(before && { id: LessThan(String(before)) }) },
        order: { id: 'DESC' },
        take: first + 1,
      });
      const { items, nextCursor } = pageOf(found, first, ({ id }) => [id]);
      return { items: await this.toldAll(tx, items), nextCursor };
    });
  }

  /** G4: lays before the office above what has waited too long. Twice moves nothing more; nothing goes through by it. */
  async goUp(): Promise<number> {
    const waiting = await this.db.read((tx) =>
      tx.repo(AgreementRequest).find({ select: { id: true, waitingSince: true }, where: { state: State.WAITING } }),
    );
    let moved = 0;
    for (const { id } of waiting)
      moved += await this.db.write(SYSTEM, async (tx) => {
        const request = await tx.lock(AgreementRequest, { id });
        const next = deskAbove(request);
        if (request.state !== State.WAITING || !next || !this.deed(request.kind).agreers.includes(next.role)) return 0;
        const since = dayInTehran(request.waitingSince);
        const waited = await this.workDays.between(tx, request.place, since, this.clock.today());
        if (waited < this.settings.AGREEMENT_WORK_DAYS) return 0;
        await tx.update(AgreementRequest, { id }, { ...next, waitingSince: this.clock.now() });
        tx.emit(AgreementWentUp, { requestId: id, ...next });
        return 1;
      });
    return moved;
  }

  /** The request, held, and in whose name the actor answers it. */
  private async held(tx: Tx, actor: Actor, id: string): Promise<{ request: AgreementRequest; forId: string | null }> {
    const request = await tx.lock(AgreementRequest, { id });
    if (request.askedById === actor.userId) throw new Refused(Refusal.SAME_PERSON);
    const { agreers } = this.deed(request.kind);
    const rights = await this.deputies.rightsOf(tx, actor);
    const right = rights.find((one: Right) => agreers.includes(one.role) && mayAgree(request, one));
    if (!right) throw new NotFound();
    if (request.state !== State.WAITING) throw new Refused(Refusal.NOT_WAITING);
    return { request, forId: right.userId === actor.userId ? null : right.userId };
  }

  /** Does what was asked, or tells why it can no longer be done. */
  private async done(tx: Tx, { kind, asker, body }: AgreementRequest): Promise<string | null> {
    if (asker.userId !== SYSTEM.userId && !(await grantOf(tx, asker))) return 'ASKER_GONE';
    try {
      await tx.attempt(() => this.deed(kind).perform(tx, asker, body));
      return null;
    } catch (error) {
      if (error instanceof Refused) return error.reason;
      if (error instanceof Failure) return error.code;
      throw error;
    }
  }

  private async answered(tx: Tx, request: AgreementRequest, answer: Partial<AgreementRequest>): Promise<ToldRequest> {
    const answeredAt = this.clock.now();
    await tx.update(AgreementRequest, { id: request.id }, { ...answer, answeredAt });
    return this.told(tx, { ...request, ...answer, answeredAt });
  }

  private deed(kind: AgreementKind): Deed<object> {
    const deed = this.deeds.get(kind);
    if (!deed) throw new Error(`Nobody does what is of kind ${kind}`);
    return deed;
  }

  private async told(tx: Reads, request: AgreementRequest): Promise<ToldRequest> {
    return (await this.toldAll(tx, [request]))[0] as ToldRequest;
  }

  /** One statement, however many requests. */
  private async toldAll(tx: Reads, requests: AgreementRequest[]): Promise<ToldRequest[]> {
    const ids = requests.flatMap(({ askedById, answeredById }) => [askedById, answeredById ?? '']);
    const people = await tx.repo(UserAccount).find({
      select: { id: true, displayName: true },
      where: { id: In([...new Set(ids)]) },
    });
    const nameOf = new Map(people.map(({ id, displayName }) => [id, displayName]));
    return requests.map(({ body: _, about, asker, place: _place, ...request }) => ({
      ...request,
      details: JSON.parse(about) as AgreementDetail[],
      askedAs: asker.role,
      askedBy: nameOf.get(request.askedById) ?? null,
      answeredBy: nameOf.get(request.answeredById ?? '') ?? null,
    }));
  }
}

/** Desks of a role that lie before this desk: the own one, and those one level below it. */
function placesOf(desk: Role, role: Role, place: string): FindOptionsWhere<AgreementRequest> {
  return { role: desk, place: desk === role ? place : under(place) };
}
