import { MobileChangeState } from './mobile-change.entity.js';

export enum MobileChangeRefusal {
  /** It is the number that is known already. */
  SAME_NUMBER = 'SAME_NUMBER',
  /** Another new number waits: it comes, or is objected to, first. */
  ALREADY_WAITING = 'ALREADY_WAITING',
  /** There is no new number that waits. */
  NOTHING_WAITS = 'NOTHING_WAITS',
}

/** N1: from where a change goes where. */
export const moves: Record<MobileChangeState, MobileChangeState[]> = {
  [MobileChangeState.WAITING]: [MobileChangeState.DONE, MobileChangeState.OBJECTED],
  [MobileChangeState.DONE]: [],
  [MobileChangeState.OBJECTED]: [],
};
