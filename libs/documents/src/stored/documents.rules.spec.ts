import { expect, it } from '@jest/globals';
import { Role } from '@app/access';
import { CancelRefusal as Refusal, refuseCancel } from './documents.rules.js';
import { DocumentState as State } from './stored-document.entity.js';

const { TRAINER, INSTITUTE_MANAGER, COUNTY_OFFICER, PROVINCIAL_OFFICER } = Role;

it.each<[string, State, Role, string, boolean, Refusal | null]>([
  ['what waits, by who asked for it', State.WAITING, TRAINER, 'me', true, null],
  ['what is being drawn', State.DRAWING, INSTITUTE_MANAGER, 'me', true, null],
  ['what another asked for', State.WAITING, INSTITUTE_MANAGER, 'another', true, Refusal.ASKED_BY_ANOTHER],
  ['the same, by the county', State.DRAWING, COUNTY_OFFICER, 'another', true, null],
  ['the same, by the province', State.WAITING, PROVINCIAL_OFFICER, 'another', true, null],
  ['a certificate', State.WAITING, COUNTY_OFFICER, 'me', false, Refusal.MUST_BE_DRAWN],
  ['what is ready', State.READY, TRAINER, 'me', true, Refusal.NOT_BEING_DRAWN],
  ['what has failed', State.FAILED, TRAINER, 'me', true, Refusal.NOT_BEING_DRAWN],
  ['what was cancelled', State.CANCELLED, TRAINER, 'me', true, Refusal.NOT_BEING_DRAWN],
  ['what is erased', State.ERASED, COUNTY_OFFICER, 'me', true, Refusal.NOT_BEING_DRAWN],
])('cancelling %s', (_, state, role, requestedBy, cancellable, refusal) => {
  expect(refuseCancel({ userId: 'me', role }, { state, requestedBy }, cancellable)).toBe(refusal);
});
