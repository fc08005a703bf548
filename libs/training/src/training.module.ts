import { Module } from '@nestjs/common';
import { DocumentsModule } from '@app/documents';
import { CourseRunOpenService } from './course-run/course-run-open.service.js';
import { CourseRunPageService } from './course-run/course-run-page.service.js';
import { CourseRunResolver } from './course-run/course-run.resolver.js';
import { CourseRunService } from './course-run/course-run.service.js';
import { EnrolmentResolver } from './enrolment/enrolment.resolver.js';
import { EnrolmentService } from './enrolment/enrolment.service.js';
import { Trainees } from './trainee/trainee.service.js';

@Module({
  imports: [DocumentsModule],
  providers: [
    CourseRunOpenService,
    CourseRunPageService,
    CourseRunResolver,
    CourseRunService,
    EnrolmentResolver,
    EnrolmentService,
    Trainees,
  ],
})
export class TrainingModule {}
