import { ID, Int, ObjectType } from '@nestjs/graphql';
import { DayScalar, InternalField, PersonalField } from '@app/platform';
import { AttendanceTotalsType } from '../course-run/course-run.graphql.js';
import { CourseRunStatus } from '../course-run/course-run.entity.js';
import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { MobileChangeType } from '../mobile-change/mobile-change.graphql.js';

@ObjectType({ description: 'A course run in which the caller has or had a seat' })
export class MyEnrolment {
  @InternalField(() => ID) id: string;
  @InternalField(() => EnrolmentStatus) status: EnrolmentStatus;
  @InternalField({ description: 'The one word for everyone, however the seat is paid for' }) settled: boolean;
  @InternalField() runNumber: string;
  @InternalField(() => CourseRunStatus) runStatus: CourseRunStatus;
  @InternalField() standardTitleFa: string;
  @InternalField() standardTitleEn: string;
  @InternalField() instituteName: string;
  @InternalField(() => DayScalar) startsOn: string;
  @InternalField(() => DayScalar) endsOn: string;
  @InternalField(() => AttendanceTotalsType) attendance: AttendanceTotalsType;
  @InternalField(() => Int, { nullable: true }) writtenHundredths: number | null;
  @InternalField(() => Int, { nullable: true }) practicalHundredths: number | null;
  @InternalField(() => Int, { nullable: true }) finalHundredths: number | null;
  @InternalField({ description: 'Both parts, and the two together' }) passed: boolean;
}

@ObjectType({ description: 'What the register keeps of the caller, as far as a page shows it' })
export class Me {
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
  @PersonalField() maskedNationalId: string;
  @InternalField(() => [MyEnrolment], { description: 'The latest first' }) enrolments: MyEnrolment[];
  @InternalField(() => MobileChangeType, {
    nullable: true,
    description: 'A new mobile number that an office has vouched for and that waits',
  })
  mobileChange: MobileChangeType | null;
}
