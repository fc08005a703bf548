import { DomainEvent } from '@app/platform';

export class BranchRegistered extends DomainEvent {
  branchId: string;
}
