import { Injectable } from '@nestjs/common';
import { MoreThanOrEqual } from 'typeorm';
import type { Actor } from '@app/access';
import { toJalali } from '@app/persian';
import { BadInput, Clock, conditions, Database, Installation, type Reads, Refused, type Tx } from '@app/platform';
import { type ClosedDays, weekdaysInForce } from '../calendar/calendar.rules.js';
import { weekdaySettings } from '../calendar/calendar.service.js';
import { Holiday } from '../calendar/holiday.entity.js';
import { Institute, Room } from '../institute/institute.entity.js';
import { institutesKeptBy } from '../institute/institute.policy.js';
import { AttendanceRules, ExamRules } from '../rules/dated-rules.entity.js';
import { rulesInForce } from '../rules/dated-rules.rules.js';
import { Session, SessionStatus } from '../session/session.entity.js';
import { firstClash, planSessions, type SessionPlan, type TakenTime } from '../session/session.rules.js';
import { TrainingStandard, TrainingStandardVersion } from '../standard/standard.entity.js';
import { versionInForce } from '../standard/standard.rules.js';
import { Trainer, TrainerAppointment } from '../trainer/trainer.entity.js';
import { CourseRun, CourseRunStatus, RunCounter } from './course-run.entity.js';
import { CourseRunOpened } from './course-run.events.js';
import type { CourseRunInput, CourseRunType } from './course-run.graphql.js';
import { courseRunPage } from './course-run-page.service.js';
import { CourseRunRefusal, enrolmentCloses, refuseOpening, type RefusedRun, runNumber } from './course-run.rules.js';

/** What is in force on the first day of a run; it stays on it. */
interface Basis {
  version: TrainingStandardVersion;
  examRules: ExamRules;
  attendanceRules: AttendanceRules;
}

/** What a course run would be, and everything that stands against opening it. */
interface Opening {
  institute: Institute;
  basis: Basis | null;
  plannedMinutes: number;
  plan: SessionPlan;
  enrolmentClosesOn: string;
  refused: RefusedRun[];
}

@Injectable()
export class CourseRunOpenService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * What opening a course run would lead to; writes nothing.
   *
   * @throws NotFound the institute, its room or the trainer is not the actor's to plan with
   */
  plan(actor: Actor, input: CourseRunInput): Promise<Opening> {
    return this.db.read((tx) => this.prepare(tx, actor, input));
  }

  /**
   * Opens a course run with all its sessions.
   *
   * @returns the run as this unit leaves it
   * @throws NotFound the institute, its room or the trainer is not the actor's to plan with
   * @throws Refused  a rule says no (a `CourseRunRefusal`); nothing is written
   */
  open(actor: Actor, input: CourseRunInput): Promise<CourseRunType> {
    return this.db.write(actor, async (tx) => {
      // Locked before the look at what they have taken, always the room first: two runs cannot both find them free.
      await tx.lock(Room, { id: input.roomId, instituteId: input.instituteId });
      await tx.lock(Trainer, { id: input.trainerId });
      const { refused, basis, institute, plan, plannedMinutes, enrolmentClosesOn } = await this.prepare(
        tx,
        actor,
        input,
      );
      const [first] = refused;
      if (first || !basis)
        throw new Refused(first?.reason ?? CourseRunRefusal.NO_HOURS_KNOWN, {
          day: first?.day ?? null,
          runNumber: first?.runNumber ?? null,
        });

      const { instituteId, standardId, roomId, trainerId, capacity } = input;
      const startsOn = plan.sessions[0]?.day ?? input.startsOn;
      const run = await tx.insert(CourseRun, {
        // Counted up last, so that the counter is held for a moment only.
        number: await this.nextNumber(tx, institute.provinceCode, startsOn),
        provinceCode: institute.provinceCode,
        path: institute.path,
        officeId: institute.officeId,
        instituteId,
        standardId,
        standardVersionId: basis.version.id,
        examRulesId: basis.examRules.id,
        attendanceRulesId: basis.attendanceRules.id,
        roomId,
        trainerId,
        status: CourseRunStatus.APPROVED,
        capacity,
        seatsTaken: 0,
        plannedMinutes,
        startsOn,
        endsOn: plan.sessions.at(-1)?.day ?? startsOn,
        enrolmentClosesOn,
        cancelReason: null,
        // Tables that nobody has claimed yet are no place for real papers either.
        demo: (await tx.repo(Installation).findOneBy({ id: '1' }))?.demo ?? true,
      });
      const common = { runId: run.id, roomId, trainerId, status: SessionStatus.PLANNED };
      await tx.insertAll(
        Session,
        plan.sessions.map((session) => ({ ...session, ...common })),
      );
      tx.emit(CourseRunOpened, { runId: run.id });
      return courseRunPage(tx, actor, run.id);
    });
  }

  private async prepare(tx: Reads, actor: Actor, input: CourseRunInput): Promise<Opening> {
    // Only a county office opens runs, and only in its own institutes.
    const kept = institutesKeptBy(actor);
    if (input.endMinute <= input.startMinute) throw new BadInput(ENDS_TOO_EARLY);
    const { instituteId, standardId, roomId, trainerId, startsOn, capacity } = input;
    const institute = await tx.get(Institute, { id: instituteId, ...kept });
    const room = await tx.get(Room, { id: roomId, instituteId });
    const trainer = await tx.get(Trainer, { id: trainerId, provinceCode: institute.provinceCode });
    const standard = await tx.get(TrainingStandard, { id: standardId });

    const basis = await this.basis(tx, standard, institute, startsOn);
    const plannedMinutes = basis ? basis.version.theoryMinutes + basis.version.practiceMinutes : 0;
    const plan = planSessions(plannedMinutes, input, await this.closedDays(tx, institute, startsOn));
    const today = this.clock.today();
    const enrolmentClosesOn = input.enrolmentClosesOn ?? enrolmentCloses(startsOn, today);
    const refused = refuseOpening({
      today,
      startsOn,
      enrolmentClosesOn,
      capacity,
      plan,
      fieldLicensed: institute.licensedFields.includes(standard.field),
      licenceIssuedOn: institute.licenceIssuedOn,
      licenceExpiresOn: institute.licenceExpiresOn,
      appointments: await tx.repo(TrainerAppointment).findBy({ trainerId, instituteId, standardId }),
      cardExpiresOn: trainer.cardExpiresOn,
      roomCapacity: room.capacity,
      roomClash: firstClash(plan.sessions, await this.taken(tx, { roomId }, plan)),
      trainerClash: firstClash(plan.sessions, await this.taken(tx, { trainerId }, plan)),
    });
    return { institute, basis, plannedMinutes, plan, enrolmentClosesOn, refused };
  }

  private async basis(tx: Reads, standard: TrainingStandard, institute: Institute, day: string): Promise<Basis | null> {
    const subject = { day, provinceCode: institute.provinceCode, standardCode: standard.code };
    const version = versionInForce(await tx.repo(TrainingStandardVersion).findBy({ standardId: standard.id }), day);
    const examRules = rulesInForce(await tx.repo(ExamRules).find(), subject);
    const attendanceRules = rulesInForce(await tx.repo(AttendanceRules).find(), subject);
    return version && examRules && attendanceRules ? { version, examRules, attendanceRules } : null;
  }

  private async closedDays(tx: Reads, institute: Institute, from: string): Promise<ClosedDays> {
    const above = (await weekdaySettings(tx, [institute.officeId])).get(institute.officeId) ?? [];
    const holidays = await tx.repo(Holiday).findBy({ day: MoreThanOrEqual(from) });
    return { weekdays: weekdaysInForce([institute.closedWeekdays, ...above]), holidays };
  }

  /** What else is held in the room, or by the trainer, in the days of the plan. */
  private async taken(tx: Reads, of: { roomId?: string; trainerId?: string }, { sessions }: SessionPlan) {
    const [first, last] = [sessions[0], sessions.at(-1)];
    if (!first || !last) return [];
    const place = conditions('s', of);
    return tx.query<TakenTime>(
      `SELECT s.day, s.startMinute, s.endMinute, r.number AS runNumber
       FROM session s JOIN course_run r ON r.id = s.runId
       WHERE ${place.sql} AND s.day BETWEEN ? AND ? AND s.startMinute < ? AND s.endMinute > ? AND s.status <> ?`,
      [...place.values, first.day, last.day, first.endMinute, first.startMinute, SessionStatus.CANCELLED],
    );
  }

  /** Counts up the province's runs of the Jalali year; the counter's row is held until the commit. */
  private async nextNumber(tx: Tx, provinceCode: string, startsOn: string): Promise<string> {
    const { year } = toJalali(startsOn);
    const id = `${provinceCode}-${year}`;
    await tx.execute(
      `INSERT INTO run_counter (id, given) VALUES (?, 1) ${tx.dialect.onConflict(['id'], ['given = run_counter.given + 1'])}`,
      [id],
    );
    const { given } = await tx.get(RunCounter, { id });
    return runNumber(provinceCode, year, given);
  }
}

const ENDS_TOO_EARLY = {
  field: 'input.endMinute',
  messageFa: 'ساعت پایان باید پس از ساعت آغاز باشد.',
  messageEn: 'The end must be after the start.',
};
