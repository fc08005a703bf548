import { DocumentState, type StoredDocument } from './stored-document.entity.js';

/** Why a document is not cancelled: rules C1-C3 of the documents README. */
export enum CancelRefusal {
  MUST_BE_DRAWN = 'MUST_BE_DRAWN', // C1: a certificate, or what numbered forms were taken for
  NOT_BEING_DRAWN = 'NOT_BEING_DRAWN', // C2: it is ready, has failed, or was cancelled before
  ASKED_BY_ANOTHER = 'ASKED_BY_ANOTHER', // C3
}

/** Whether a drawing is still to come of what was asked for. */
export const toBeDrawn = ({ state }: Pick<StoredDocument, 'state'>): boolean =>
  state === DocumentState.WAITING || state === DocumentState.DRAWING;

/**
 * The first rule that stands against taking back the wish for a document.
 *
 * @param cancellable documents of its kind may be cancelled
 * @param theirs      it is the actor's to take back
 */
export function refuseCancel(
  document: Pick<StoredDocument, 'state'>,
  { cancellable, theirs }: { cancellable: boolean; theirs: boolean },
): CancelRefusal | null {
  if (!cancellable) return CancelRefusal.MUST_BE_DRAWN;
  if (!toBeDrawn(document)) return CancelRefusal.NOT_BEING_DRAWN;
  return theirs ? null : CancelRefusal.ASKED_BY_ANOTHER;
}
