import { DomainEvent } from '@app/platform';

export class InstituteRegistered extends DomainEvent {
  instituteId: string;
  officeId: string;
}

export class LicenceRenewed extends DomainEvent {
  instituteId: string;
  expiredOnBefore: string;
  expiresOn: string;
}

export class RoomAdded extends DomainEvent {
  instituteId: string;
  roomId: string;
}
