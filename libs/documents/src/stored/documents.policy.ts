import { type Actor, Role } from '@app/access';
import type { StoredDocument } from './stored-document.entity.js';

const OFFICES: readonly Role[] = [Role.COUNTY_OFFICER, Role.PROVINCIAL_OFFICER];

/** Whether the wish for a document, which the actor may open, is theirs to take back: who asked for it, or the office. */
export const mayTakeBack = (actor: Pick<Actor, 'userId' | 'role'>, { requestedBy }: StoredDocument): boolean =>
  requestedBy === actor.userId || OFFICES.includes(actor.role);
