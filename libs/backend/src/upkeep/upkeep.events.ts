import { DomainEvent } from '@app/platform';

/** A backup was written and every byte of it read back. */
export class BackupMade extends DomainEvent {
  /** The day it is named after, `YYYY-MM-DD`, Gregorian, in Iran. */
  day: string;
}
