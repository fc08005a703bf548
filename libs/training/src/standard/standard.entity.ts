import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Count, Day, Id, Ref, Text } from '@app/platform';

export enum StandardKind {
  OCCUPATION = 'OCCUPATION',
  COMPETENCE = 'COMPETENCE',
}

/** Fields of the standards in use; a licence names some of them. */
export enum TrainingField {
  CARPET = 'CARPET',
  HANDICRAFT = 'HANDICRAFT',
  FOOD = 'FOOD',
  SEWING = 'SEWING',
  AGRICULTURE = 'AGRICULTURE',
}

/** Whose word a code is. Illustrative ones are made up so that screens have data, and are never printed as real. */
export enum CodeStatus {
  PUBLISHED = 'PUBLISHED',
  ILLUSTRATIVE = 'ILLUSTRATIVE',
}

/** An official description of a job or a competence. What may change with time stands in its versions. */
@Entity('training_standard')
@Unique('standard_once_per_code', ['code'])
@Index('standard_by_field', ['field', 'sortKey'])
export class TrainingStandard {
  @Id() id: string;
  /** 15 digits; the first four are the ISCO-08 group. */
  @Text(15) code: string;
  @Text(200) titleFa: string;
  @Text(200) titleEn: string;
  /** The title in search form. */
  @Text(200) searchTitle: string;
  @Text(600) sortKey: string;
  @Choice(StandardKind) kind: StandardKind;
  @Choice(TrainingField) field: TrainingField;
  @Text(100) cluster: string;
  @Text(4) isco08Code: string;
  @Choice(CodeStatus) codeStatus: CodeStatus;
}

/** What a standard asks for from a day on. A course run stays on the version it began with. */
@Entity('training_standard_version')
@Unique('standard_version_once_per_day', ['standardId', 'effectiveFrom'])
export class TrainingStandardVersion {
  @Id() id: string;
  @Ref() standardId: string;
  @Day() effectiveFrom: string;
  @Count() theoryMinutes: number;
  @Count() practiceMinutes: number;
  @Text(60) minimumEducation: string;
  /** Where the hours come from. */
  @Text(200) source: string;
  @BelongsTo(() => TrainingStandard, 'standardId') standard: Relation<TrainingStandard>;
}
