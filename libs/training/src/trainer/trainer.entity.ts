import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, BlindIndex, Day, Id, Personal, Ref, Text } from '@app/platform';
import { Institute } from '../institute/institute.entity.js';
import { TrainingStandard } from '../standard/standard.entity.js';

/** Who teaches and keeps the attendance sheet. The name is on every timetable; the national ID is not. */
@Entity('trainer')
@Unique('trainer_once_per_national_id', ['nationalIdIndex'])
export class Trainer {
  @Id() id: string;
  @Text(2) provinceCode: string;
  @Text(100) givenName: string;
  @Text(100) familyName: string;
  /** Given and family name in search form. */
  @Text(201) searchName: string;
  @Text(810) sortKey: string;
  @Personal(10) nationalId: string;
  @BlindIndex({ of: 'nationalId', kind: 'nationalId' }) nationalIdIndex: string;
  /** Last day of the trainer card. */
  @Day() cardExpiresOn: string;
}

/** Permission for a trainer to teach one standard in one institute between two days (ابلاغ). */
@Entity('trainer_appointment')
@Unique('appointment_once_per_start', ['trainerId', 'instituteId', 'standardId', 'startsOn'])
@Index('appointment_by_institute', ['instituteId', 'standardId'])
export class TrainerAppointment {
  @Id() id: string;
  @Ref() trainerId: string;
  @Ref() instituteId: string;
  @Ref() standardId: string;
  @Day() startsOn: string;
  @Day() endsOn: string;
  @BelongsTo(() => Trainer, 'trainerId') trainer: Relation<Trainer>;
  @BelongsTo(() => Institute, 'instituteId') institute: Relation<Institute>;
  @BelongsTo(() => TrainingStandard, 'standardId') standard: Relation<TrainingStandard>;
}
