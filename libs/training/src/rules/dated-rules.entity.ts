import { Entity, Unique } from 'typeorm';
import { Count, Day, Id, Text } from '@app/platform';

/**
 * The numbers by which an exam is passed, from a day on. `scope` is `*`, a province code or a standard code; the
 * narrowest wins. Marks are hundredths of a point out of 100, weights per cent.
 */
@Entity('exam_rules')
@Unique('exam_rules_once_per_day', ['scope', 'effectiveFrom'])
export class ExamRules {
  @Id() id: string;
  @Text(15) scope: string;
  @Day() effectiveFrom: string;
  @Count() writtenPassHundredths: number;
  @Count() practicalPassHundredths: number;
  @Count() finalPassHundredths: number;
  @Count() writtenWeightPercent: number;
  @Count() practicalWeightPercent: number;
  @Count() writtenTries: number;
  @Count() practicalTries: number;
  @Text(300) source: string;
}

/** The numbers by which absence is judged, from a day on. Percentages are of the run's planned minutes. */
@Entity('attendance_rules')
@Unique('attendance_rules_once_per_day', ['scope', 'effectiveFrom'])
export class AttendanceRules {
  @Id() id: string;
  @Text(15) scope: string;
  @Day() effectiveFrom: string;
  @Count() unexcusedWarnPercent: number;
  @Count() unexcusedLimitPercent: number;
  @Count() totalLimitPercent: number;
  /** Coming later than this counts as late. */
  @Count() lateAfterMinutes: number;
  @Text(300) source: string;
}
