import { Entity, Index, Unique } from 'typeorm';
import { Choice, Day, Id, Text } from '@app/platform';

/** How sure a holiday's day is. A lunar one may still move by a day. */
export enum HolidayCertainty {
  FIXED = 'FIXED',
  PUBLISHED = 'PUBLISHED',
  PREDICTED = 'PREDICTED',
  ESTIMATED = 'ESTIMATED',
}

/** One official holiday. Two may fall on one day, and a lunar one may move to another. */
@Entity('holiday')
@Unique('holiday_once_per_occasion', ['occasion', 'titleFa'])
@Index('holiday_by_day', ['day'])
export class Holiday {
  @Id() id: string;
  /** Tells the holiday from its namesakes, whichever day it falls on: `1447` Hijri for a lunar one, `1405-01-01` Jalali for a solar one. */
  @Text(10) occasion: string;
  @Day() day: string;
  @Text(200) titleFa: string;
  @Text(200) titleEn: string;
  @Choice(HolidayCertainty) certainty: HolidayCertainty;
}
