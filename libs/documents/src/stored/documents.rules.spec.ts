import { expect, it } from '@jest/globals';
import { CancelRefusal as Refusal, refuseCancel } from './documents.rules.js';
import { DocumentState as State } from './stored-document.entity.js';

const theirs = { cancellable: true, theirs: true };

it.each<[string, State, Parameters<typeof refuseCancel>[1], Refusal | null]>([
  ['what waits', State.WAITING, theirs, null],
  ['what is being drawn', State.DRAWING, theirs, null],
  ['what another asked for', State.WAITING, { cancellable: true, theirs: false }, Refusal.ASKED_BY_ANOTHER],
  ['a certificate', State.WAITING, { cancellable: false, theirs: true }, Refusal.MUST_BE_DRAWN],
  ['what is ready', State.READY, theirs, Refusal.NOT_BEING_DRAWN],
  ['what has failed', State.FAILED, theirs, Refusal.NOT_BEING_DRAWN],
  ['what was cancelled', State.CANCELLED, theirs, Refusal.NOT_BEING_DRAWN],
  ['what is erased', State.ERASED, theirs, Refusal.NOT_BEING_DRAWN],
])('cancelling %s', (_, state, how, refusal) => {
  expect(refuseCancel({ state }, how)).toBe(refusal);
});
