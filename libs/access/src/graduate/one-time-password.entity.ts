import { Entity, Index, Unique } from 'typeorm';
import { BlindIndex, Count, Digest, Id, Instant, KeyText, Personal } from '@app/platform';

/**
 * A one-time password that was asked for, whether anybody has the number or not. It ends when it was used, after three
 * minutes, after five wrong tries, or when a newer one is asked for; rows of the day before yesterday are removed.
 */
@Entity('one_time_password')
@Unique('one_time_password_once_per_browser', ['browserHash'])
@Index('one_time_password_by_mobile', ['mobileIndex', 'createdAt'])
@Index('one_time_password_by_address', ['addressKey', 'createdAt'])
@Index('one_time_password_by_time', ['createdAt'])
export class OneTimePassword {
  @Id() id: string;
  /** National form: `09…`, eleven digits. Null where a version before wrote the row. */
  @Personal(11, { nullable: true }) mobile: string | null;
  @BlindIndex({ of: 'mobile', kind: 'mobile' }) mobileIndex: string;
  /** SHA-256 of what stands in the cookie of the browser that asked; a new one once the password was typed right. */
  @Digest() browserHash: string;
  /** Keyed digest of the network that asked. When the index key turns, it is counted anew. */
  @Digest() addressKey: string;
  /** Keyed digest of the password and this row's id. */
  @Digest() passwordDigest: string;
  @Count() tries: number;
  @Instant() createdAt: Date;
  @Instant() expiresAt: Date;
  @Instant({ nullable: true }) passedAt: Date | null;
  @Instant({ nullable: true }) endedAt: Date | null;
}

/** Wrong birth dates in a row at one number, whether anybody has it or not. Ends with the right one, or by an office. */
@Entity('graduate_number')
export class GraduateNumber {
  /** The keyed digest of the number. Under an older index key until somebody comes with the number, and then moved. */
  @KeyText(64) id: string;
  @Count() wrongBirthDates: number;
  /** Since when only an office opens it again. */
  @Instant({ nullable: true }) shutAt: Date | null;
}
