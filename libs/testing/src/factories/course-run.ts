import { type Actor, placePath, Role } from '@app/access';
import { searchForm, sortKey } from '@app/persian';
import { mobileIndex } from '@app/messaging';
import { newId, SYSTEM } from '@app/platform';
import {
  AttendanceRules,
  CodeStatus,
  CourseRun,
  CourseRunStatus,
  Enrolment,
  EnrolmentStatus,
  ExamRules,
  Institute,
  LicenceType,
  Office,
  OfficeKind,
  Room,
  Session,
  SessionStatus,
  StandardKind,
  Trainee,
  Trainer,
  TrainerAppointment,
  TrainingField,
  TrainingStandard,
  TrainingStandardVersion,
} from '@app/training';
import type { TestDatabase } from '../test-database.js';

/** What a factory writes to: the database of a spec, or that of an API or a whole product under test. */
export type Tables = Pick<TestDatabase, 'database' | 'keys'>;

let count = 0;

/** A number that no other factory of this process gives. */
const next = (): number => ++count;

/** A national ID with a right check digit. */
export function newNationalId(): string {
  const nine = String(100_000_000 + next() * 7);
  const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  const rest = sum % 11;
  return nine + String(rest < 2 ? rest : 11 - rest);
}

/** Everything a course run stands on: a province with its offices, an institute, a room, a trainer, a standard. */
export interface TestPlace {
  county: Office;
  institute: Institute;
  room: Room;
  trainer: Trainer;
  standard: TrainingStandard;
  version: TrainingStandardVersion;
  examRules: ExamRules;
  attendanceRules: AttendanceRules;
  national: Actor;
  provincial: Actor;
  officer: Actor;
  assessor: Actor;
  manager: Actor;
  teacher: Actor;
}

interface PlaceOptions {
  /** Minutes of theory and practice together. */
  plannedMinutes?: number;
  roomCapacity?: number;
  provinceCode?: string;
  /** The new institute lies in the county of this place. */
  beside?: TestPlace;
}

/** A place of its own for a spec, with the people who act in it. */
export function newPlace(
  db: Tables,
  { plannedMinutes = 1200, roomCapacity = 30, provinceCode = '15', beside }: PlaceOptions = {},
): Promise<TestPlace> {
  const n = next();
  return db.database.write(SYSTEM, async (tx) => {
    const office = { nameEn: `Office ${n}`, closedWeekdays: null };
    const national =
      (await tx.repo(Office).findOneBy({ kind: OfficeKind.NATIONAL })) ??
      (await tx.insert(Office, {
        ...office,
        kind: OfficeKind.NATIONAL,
        parentId: null,
        name: 'سازمان',
        path: '/',
        provinceCode: null,
        countyCode: null,
      }));
    const newCounty = async () => {
      const province = await tx.insert(Office, {
        ...office,
        kind: OfficeKind.PROVINCIAL,
        parentId: national.id,
        name: 'اداره کل استان',
        path: placePath(provinceCode),
        provinceCode,
        countyCode: null,
      });
      const countyId = newId();
      return tx.insert(Office, {
        ...office,
        id: countyId,
        path: placePath(provinceCode, countyId),
        kind: OfficeKind.COUNTY,
        parentId: province.id,
        name: 'مرکز شهرستان',
        provinceCode,
        // None of the real codes, which are four digits.
        countyCode: `x${n.toString(36).padStart(3, '0')}`,
      });
    };
    const instituteId = newId();
    const county = beside?.county ?? (await newCounty());
    const institute = await tx.insert(Institute, {
      id: instituteId,
      path: placePath(provinceCode, county.id, instituteId),
      officeId: county.id,
      provinceCode,
      name: `آموزشگاه ${n}`,
      searchName: searchForm(`آموزشگاه ${n}`),
      sortKey: sortKey(`آموزشگاه ${n}`),
      licenceNumber: `L-${n}`,
      licenceType: LicenceType.ALEF,
      licensedFields: [TrainingField.CARPET],
      licenceIssuedOn: '2024-03-20',
      licenceExpiresOn: '2029-03-19',
      closedWeekdays: null,
    });
    const room = await tx.insert(Room, { instituteId: institute.id, name: 'کارگاه ۱', capacity: roomCapacity });
    const standard = await tx.insert(TrainingStandard, {
      code: String(731810000000000 + n),
      titleFa: `بافت فرش ${n}`,
      titleEn: `Carpet weaving ${n}`,
      searchTitle: searchForm(`بافت فرش ${n}`),
      sortKey: sortKey(`بافت فرش ${n}`),
      kind: StandardKind.OCCUPATION,
      field: TrainingField.CARPET,
      cluster: 'فرهنگ و هنر',
      isco08Code: '7318',
      codeStatus: CodeStatus.ILLUSTRATIVE,
    });
    const version = await tx.insert(TrainingStandardVersion, {
      standardId: standard.id,
      effectiveFrom: '2020-03-20',
      theoryMinutes: Math.floor(plannedMinutes / 3),
      practiceMinutes: plannedMinutes - Math.floor(plannedMinutes / 3),
      minimumEducation: 'none',
      source: 'spec',
    });
    const trainer = await tx.insert(Trainer, {
      provinceCode,
      givenName: 'مریم',
      familyName: `قاسمی ${n}`,
      sortKey: sortKey(`قاسمی ${n}`),
      searchName: searchForm(`مریم قاسمی ${n}`),
      nationalId: newNationalId(),
      nationalIdIndex: db.keys.blindIndex('nationalId', `trainer ${n}`),
      cardExpiresOn: '2029-03-19',
    });
    await tx.insert(TrainerAppointment, {
      trainerId: trainer.id,
      instituteId: institute.id,
      standardId: standard.id,
      startsOn: '2024-03-20',
      endsOn: '2029-03-19',
    });
    const examRules = await tx.insert(ExamRules, {
      scope: standard.code,
      effectiveFrom: '2020-03-20',
      writtenPassHundredths: 5000,
      practicalPassHundredths: 7000,
      finalPassHundredths: 7000,
      writtenWeightPercent: 25,
      practicalWeightPercent: 75,
      writtenTries: 2,
      practicalTries: 2,
      source: 'spec',
    });
    const attendanceRules = await tx.insert(AttendanceRules, {
      scope: standard.code,
      effectiveFrom: '2020-03-20',
      unexcusedWarnPercent: 10,
      unexcusedLimitPercent: 15,
      totalLimitPercent: 25,
      lateAfterMinutes: 15,
      source: 'spec',
    });
    return {
      ...{ county, institute, room, trainer, standard, version, examRules, attendanceRules },
      national: { role: Role.NATIONAL_OFFICER, userId: newId() },
      provincial: { role: Role.PROVINCIAL_OFFICER, userId: newId(), provinceCode },
      officer: { role: Role.COUNTY_OFFICER, userId: newId(), provinceCode, officeId: county.id },
      assessor: { role: Role.ASSESSOR, userId: newId(), provinceCode },
      manager: { role: Role.INSTITUTE_MANAGER, userId: newId(), provinceCode, officeId: county.id, instituteId },
      teacher: { role: Role.TRAINER, userId: newId(), provinceCode, trainerId: trainer.id },
    };
  });
}

interface RunOptions {
  capacity?: number;
  status?: CourseRunStatus;
  /** The days of the sessions, each of four hours from eight. Default: two days. */
  days?: string[];
  enrolmentClosesOn?: string;
}

export interface TestRun extends CourseRun {
  sessions: Session[];
}

/** A course run in a place, with its sessions. */
export function newRun(
  db: Tables,
  place: TestPlace,
  {
    capacity = 20,
    status = CourseRunStatus.APPROVED,
    days = ['2026-11-21', '2026-11-22'],
    enrolmentClosesOn = '2026-12-31',
  }: RunOptions = {},
): Promise<TestRun> {
  const { institute, room, trainer, standard, version, examRules, attendanceRules } = place;
  return db.database.write(SYSTEM, async (tx) => {
    const run = await tx.insert(CourseRun, {
      number: `15-1405-9${String(next()).padStart(4, '0')}`,
      provinceCode: institute.provinceCode,
      path: institute.path,
      officeId: institute.officeId,
      instituteId: institute.id,
      standardId: standard.id,
      standardVersionId: version.id,
      examRulesId: examRules.id,
      attendanceRulesId: attendanceRules.id,
      roomId: room.id,
      trainerId: trainer.id,
      status,
      capacity,
      seatsTaken: 0,
      plannedMinutes: days.length * 240,
      startsOn: days[0] ?? '2026-11-21',
      endsOn: days.at(-1) ?? '2026-11-21',
      enrolmentClosesOn,
      cancelReason: null,
      demo: true,
    });
    const sessions = await tx.insertAll(
      Session,
      days.map((day, i) => ({
        runId: run.id,
        ordinal: i + 1,
        day,
        startMinute: 480,
        endMinute: 720,
        status: SessionStatus.PLANNED,
        roomId: room.id,
        trainerId: trainer.id,
      })),
    );
    return Object.assign(run, { sessions });
  });
}

/** People with seats in a run. */
export function newEnrolments(db: Tables, run: { id: string }, many: number): Promise<Enrolment[]> {
  return db.database.write(SYSTEM, async (tx) => {
    const trainees = await tx.insertAll(
      Trainee,
      Array.from({ length: many }, () => {
        const nationalId = newNationalId();
        return {
          nationalId,
          nationalIdIndex: db.keys.blindIndex('nationalId', nationalId),
          givenName: 'زهرا',
          familyName: `رضایی ${next()}`,
          fatherName: 'علی',
          birthDay: '1990-01-01',
          mobile: '09120000000',
          mobileIndex: mobileIndex(db.keys, '09120000000'),
          createdAt: new Date(),
        };
      }),
    );
    await tx.execute('UPDATE course_run SET seatsTaken = seatsTaken + ? WHERE id = ?', [many, run.id]);
    return tx.insertAll(
      Enrolment,
      trainees.map(({ id }) => ({
        runId: run.id,
        traineeId: id,
        status: EnrolmentStatus.ENROLLED,
        enrolledAt: new Date(),
        settled: false,
      })),
    );
  });
}
