import { Entity, Index, Unique } from 'typeorm';
import { BlindIndex, Id, Instant, Personal } from '@app/platform';

/** A person who learns. One row a person, whoever enrols them; why they may have a free seat is never here. */
@Entity('trainee')
@Unique('trainee_once_per_national_id', ['nationalIdIndex'])
@Index('trainee_by_mobile', ['mobileIndex'])
export class Trainee {
  @Id() id: string;
  @Personal(10) nationalId: string;
  @BlindIndex({ of: 'nationalId', kind: 'nationalId' }) nationalIdIndex: string;
  @Personal(100) givenName: string;
  @Personal(100) familyName: string;
  @Personal(100, { nullable: true }) fatherName: string | null;
  /** `YYYY-MM-DD`, Gregorian. */
  @Personal(10, { nullable: true }) birthDay: string | null;
  /** National form: `09…`, eleven digits. */
  @Personal(11, { nullable: true }) mobile: string | null;
  /** Who signs in by a number is found by it; several people may share one. */
  @BlindIndex({ of: 'mobile', kind: 'mobile' }, { nullable: true }) mobileIndex: string | null;
  @Instant() createdAt: Date;
}
