import type { DomainEvent, EventIds, EventType } from '../events/event.js';

const DECLARED = Symbol('jobs declared by a class');

interface Options<E extends DomainEvent> {
  /** What the job is about: jobs about the same subject are merged and never overlap. Left out, each event has its own. */
  about?: (event: E) => string;
  /** Method called once, with the event's ids and the reason, when the last attempt has failed. */
  gaveUp?: string;
}

/** A method of a provider that runs after an event, at least once; it must leave the same result when run twice or late. */
export interface JobDeclaration {
  /** `Class.method`: the name in the `job` table. */
  name: string;
  method: string;
  event: string;
  about?: (event: EventIds) => string;
  gaveUp?: string;
}

/** Declares the method as the job that follows an event. */
export function OnEvent<E extends DomainEvent>(event: EventType<E>, { about, gaveUp }: Options<E> = {}) {
  return (target: object, method: string) => {
    const declared = declaredJobs(target.constructor);
    const job: JobDeclaration = { name: `${target.constructor.name}.${method}`, method, event: event.name };
    if (about) job.about = about as unknown as (event: EventIds) => string;
    if (gaveUp) job.gaveUp = gaveUp;
    Reflect.defineMetadata(DECLARED, [...declared, job], target.constructor);
  };
}

/** The jobs a class declares. */
export const declaredJobs = (type: object): JobDeclaration[] =>
  (Reflect.getMetadata(DECLARED, type) as JobDeclaration[] | undefined) ?? [];
