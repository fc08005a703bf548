import { Entity, Unique } from 'typeorm';
import { Choice, Day, Id, Text } from '@app/platform';

/** How sure a holiday's day is. A lunar one may still move by a day. */
export enum HolidayCertainty {
  FIXED = 'FIXED',
  PUBLISHED = 'PUBLISHED',
  PREDICTED = 'PREDICTED',
  ESTIMATED = 'ESTIMATED',
}

/** One official holiday. Two may fall on one day. */
@Entity('holiday')
@Unique('holiday_once_per_day', ['day', 'titleFa'])
export class Holiday {
  @Id() id: string;
  @Day() day: string;
  @Text(200) titleFa: string;
  @Text(200) titleEn: string;
  @Choice(HolidayCertainty) certainty: HolidayCertainty;
}
