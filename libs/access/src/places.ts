import type { Reads } from '@app/platform';
import type { Bounds } from './access.rules.js';
import type { Actor } from './actor.rules.js';

/** Knows offices, institutes and trainers, which lie in a lib above; that lib provides it. */
export abstract class Places {
  /** Whether everything the bounds name exists, belongs together, and lies within the actor's reach. */
  abstract within(tx: Reads, actor: Actor, bounds: Bounds): Promise<boolean>;
}
