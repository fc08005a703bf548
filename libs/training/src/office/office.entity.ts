import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Id, Json, Ref, Text } from '@app/platform';

export enum OfficeKind {
  NATIONAL = 'NATIONAL',
  PROVINCIAL = 'PROVINCIAL',
  COUNTY = 'COUNTY',
}

/** An office of the training organisation: the country's, a province's or a county's. */
@Entity('office')
@Unique('office_once_per_county', ['countyCode'])
@Index('office_by_path', ['path'])
export class Office {
  @Id() id: string;
  @Choice(OfficeKind) kind: OfficeKind;
  @Ref({ nullable: true }) parentId: string | null;
  /** The office's place in the tree of tenancy: `/`, `/26/` or `/26/<id>/`. */
  @Text(80) path: string;
  @Text(200) name: string;
  @Text(200) nameEn: string;
  /** Two digits of the Statistical Centre; the national office has none. */
  @Text(2, { nullable: true }) provinceCode: string | null;
  /** Four digits, on county offices only. */
  @Text(4, { nullable: true }) countyCode: string | null;
  /** Weekdays without classes, ISO 1 Monday to 7 Sunday; null takes the parent's, at the top Friday. */
  @Json({ nullable: true }) closedWeekdays: number[] | null;
  @BelongsTo(() => Office, 'parentId', { nullable: true }) parent: Relation<Office> | null;
}
