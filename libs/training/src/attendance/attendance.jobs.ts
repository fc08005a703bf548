import { Injectable } from '@nestjs/common';
import { OnEvent } from '@app/platform';
import { AttendanceReportRequested } from './attendance.events.js';
import { AttendanceReportService } from './attendance-report.service.js';

@Injectable()
export class AttendanceJobs {
  constructor(private readonly reports: AttendanceReportService) {}

  /** Draws the report of a run. Reads the marks as they are now; when its files are ready there is nothing to do. */
  @OnEvent(AttendanceReportRequested, { about: ({ runId }) => runId, gaveUp: 'giveUp' })
  drawReport({ runId }: AttendanceReportRequested): Promise<void> {
    return this.reports.draw(runId);
  }

  /** Says on its documents why they could not be drawn. */
  giveUp({ runId }: AttendanceReportRequested, reason: string): Promise<void> {
    return this.reports.giveUp(runId, reason);
  }
}
