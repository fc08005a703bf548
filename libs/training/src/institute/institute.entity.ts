import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Count, Day, Id, Json, Ref, Text } from '@app/platform';
import { Office } from '../office/office.entity.js';
import type { TrainingField } from '../standard/standard.entity.js';

/** Types of private institutes in the current instruction: الف، ب، ج، د. */
export enum LicenceType {
  ALEF = 'ALEF',
  BE = 'BE',
  JIM = 'JIM',
  DAL = 'DAL',
}

/** A private training institute with its establishment licence. */
@Entity('institute')
@Unique('institute_once_per_licence', ['licenceNumber'])
@Index('institute_by_office', ['officeId', 'sortKey'])
@Index('institute_by_path', ['path', 'sortKey'])
export class Institute {
  @Id() id: string;
  @Ref() officeId: string;
  @Text(2) provinceCode: string;
  /** Its place in the tree of tenancy: `/26/<office>/<id>/`. */
  @Text(80) path: string;
  @Text(200) name: string;
  /** The name in search form. */
  @Text(200) searchName: string;
  /** The name in the order of the Persian alphabet. */
  @Text(600) sortKey: string;
  @Text(40) licenceNumber: string;
  @Choice(LicenceType) licenceType: LicenceType;
  /** The fields the licence names. */
  @Json() licensedFields: TrainingField[];
  @Day() licenceIssuedOn: string;
  @Day() licenceExpiresOn: string;
  /** Weekdays without classes, ISO 1 Monday to 7 Sunday; null takes the office's. */
  @Json({ nullable: true }) closedWeekdays: number[] | null;
  @BelongsTo(() => Office, 'officeId') office: Relation<Office>;
}

/** A class room or workshop of an institute. */
@Entity('room')
@Unique('room_once_per_name', ['instituteId', 'name'])
export class Room {
  @Id() id: string;
  @Ref() instituteId: string;
  @Text(100) name: string;
  /** The most trainees it may hold at once. */
  @Count() capacity: number;
  @BelongsTo(() => Institute, 'instituteId') institute: Relation<Institute>;
}
