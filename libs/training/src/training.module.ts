import { Module } from '@nestjs/common';
import { DocumentsModule } from '@app/documents';
import { MessagingModule } from '@app/messaging';
import { AttendanceMarkService } from './attendance/attendance-mark.service.js';
import { AttendanceReportService } from './attendance/attendance-report.service.js';
import { AttendanceSheetService } from './attendance/attendance-sheet.service.js';
import { AttendanceJobs } from './attendance/attendance.jobs.js';
import { AttendanceResolver } from './attendance/attendance.resolver.js';
import { CalendarResolver } from './calendar/calendar.resolver.js';
import { CalendarService } from './calendar/calendar.service.js';
import { ClassListImportService } from './class-list/class-list-import.service.js';
import { ClassListJobs } from './class-list/class-list.jobs.js';
import { ClassListResolver } from './class-list/class-list.resolver.js';
import { CourseRunOpenService } from './course-run/course-run-open.service.js';
import { CourseRunPageService } from './course-run/course-run-page.service.js';
import { CourseRunResolver } from './course-run/course-run.resolver.js';
import { CourseRunService } from './course-run/course-run.service.js';
import { EnrolmentResolver } from './enrolment/enrolment.resolver.js';
import { EnrolmentService } from './enrolment/enrolment.service.js';
import { ExamResolver } from './exam/exam.resolver.js';
import { ExamService } from './exam/exam.service.js';
import { GraduateResolver } from './graduate/graduate.resolver.js';
import { GraduateService } from './graduate/graduate.service.js';
import { MobileChangeJobs } from './mobile-change/mobile-change.jobs.js';
import { MobileChangeResolver } from './mobile-change/mobile-change.resolver.js';
import { MobileChangeService } from './mobile-change/mobile-change.service.js';
import { InstituteResolver } from './institute/institute.resolver.js';
import { InstituteService } from './institute/institute.service.js';
import { Emblems } from './office/emblems.service.js';
import { OfficeResolver } from './office/office.resolver.js';
import { OfficeService } from './office/office.service.js';
import { PaperDrawService } from './paper/paper-draw.service.js';
import { PaperModelService } from './paper/paper-model.service.js';
import { PaperJobs } from './paper/paper.jobs.js';
import { PaperResolver } from './paper/paper.resolver.js';
import { PaperService } from './paper/paper.service.js';
import { PeopleExportJobs } from './people-export/people-export.jobs.js';
import { PeopleExportResolver } from './people-export/people-export.resolver.js';
import { PeopleExportService } from './people-export/people-export.service.js';
import { RevealJobs } from './reveal/reveal.jobs.js';
import { RevealResolver } from './reveal/reveal.resolver.js';
import { RevealService } from './reveal/reveal.service.js';
import { SeatResolver } from './seat/seat.resolver.js';
import { SeatTokens } from './seat/seat-tokens.service.js';
import { SeatsFromOutside } from './seat/seats-from-outside.service.js';
import { StandardResolver } from './standard/standard.resolver.js';
import { StandardService } from './standard/standard.service.js';
import { TraineeMergeService } from './trainee/trainee-merge.service.js';
import { TraineeRecords } from './trainee/trainee-record.service.js';
import { TraineeResolver } from './trainee/trainee.resolver.js';
import { Trainees } from './trainee/trainee.service.js';
import { TrainerResolver } from './trainer/trainer.resolver.js';
import { TrainerService } from './trainer/trainer.service.js';

@Module({
  imports: [DocumentsModule, MessagingModule],
  providers: [
    AttendanceJobs,
    AttendanceMarkService,
    AttendanceReportService,
    AttendanceResolver,
    AttendanceSheetService,
    CalendarResolver,
    CalendarService,
    ClassListImportService,
    ClassListJobs,
    ClassListResolver,
    CourseRunOpenService,
    CourseRunPageService,
    CourseRunResolver,
    CourseRunService,
    Emblems,
    EnrolmentResolver,
    EnrolmentService,
    ExamResolver,
    ExamService,
    GraduateResolver,
    GraduateService,
    InstituteResolver,
    InstituteService,
    MobileChangeJobs,
    MobileChangeResolver,
    MobileChangeService,
    OfficeResolver,
    OfficeService,
    PaperDrawService,
    PaperJobs,
    PaperModelService,
    PaperResolver,
    PaperService,
    PeopleExportJobs,
    PeopleExportResolver,
    PeopleExportService,
    RevealJobs,
    RevealResolver,
    RevealService,
    SeatResolver,
    SeatsFromOutside,
    SeatTokens,
    StandardResolver,
    StandardService,
    TraineeMergeService,
    TraineeRecords,
    TraineeResolver,
    Trainees,
    TrainerResolver,
    TrainerService,
  ],
  // For those who send people from outside the one door to seats; for those who keep emblems, where to say so.
  exports: [Emblems, SeatsFromOutside, SeatTokens],
})
export class TrainingModule {}
