import { DomainEvent } from '@app/platform';

/** Someone was turned away: the role may not, nobody has signed in, or what was asked for is not theirs or not there. */
export class AccessDenied extends DomainEvent {
  /** The field of the schema, or the method and route of http. */
  operation: string;
  /** `FORBIDDEN`, `UNAUTHENTICATED` or `NOT_FOUND`. */
  code: string;
  /** Keyed digests of the ids that were asked for and of who asked, with spaces: what they were of is not looked up, so that nobody can tell. */
  targets: string;
  /** Of an anonymous caller, the keyed digest of the network; else null. */
  network: string | null;
  /** How often, for an anonymous caller within a minute; else 1. */
  times: number;
}
