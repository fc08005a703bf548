import { DomainEvent } from '@app/platform';

export class UserInvited extends DomainEvent {
  invitationId: string;
}

export class InvitationAccepted extends DomainEvent {
  invitationId: string;
  userId: string;
}
