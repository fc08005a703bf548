import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  choice,
  count,
  createTable,
  day,
  digest,
  flag,
  id,
  instant,
  json,
  key,
  optional,
  personalText,
  ref,
  text,
} from '@app/platform';

export class Training1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'office', {
      columns: {
        id: id(),
        kind: choice(),
        parentId: optional(ref('office')),
        name: text(200),
        nameEn: text(200),
        provinceCode: optional(text(2)),
        countyCode: optional(text(4)),
        closedWeekdays: optional(json()),
      },
      unique: { office_once_per_county: ['countyCode'] },
      index: { office_by_province: ['provinceCode'] },
    });
    await createTable(runner, 'institute', {
      columns: {
        id: id(),
        officeId: ref('office'),
        provinceCode: text(2),
        name: text(200),
        searchName: text(200),
        sortKey: text(600),
        licenceNumber: text(40),
        licenceType: choice(),
        licensedFields: json(),
        licenceIssuedOn: day(),
        licenceExpiresOn: day(),
        closedWeekdays: optional(json()),
      },
      unique: { institute_once_per_licence: ['licenceNumber'] },
      index: { institute_by_office: ['officeId', 'sortKey'], institute_by_province: ['provinceCode', 'sortKey'] },
    });
    await createTable(runner, 'room', {
      columns: { id: id(), instituteId: ref('institute'), name: text(100), capacity: count() },
      unique: { room_once_per_name: ['instituteId', 'name'] },
    });
    await createTable(runner, 'training_standard', {
      columns: {
        id: id(),
        code: text(15),
        titleFa: text(200),
        titleEn: text(200),
        searchTitle: text(200),
        sortKey: text(600),
        kind: choice(),
        field: choice(),
        cluster: text(100),
        isco08Code: text(4),
        codeStatus: choice(),
      },
      unique: { standard_once_per_code: ['code'] },
      index: { standard_by_field: ['field', 'sortKey'] },
    });
    await createTable(runner, 'training_standard_version', {
      columns: {
        id: id(),
        standardId: ref('training_standard'),
        effectiveFrom: day(),
        theoryMinutes: count(),
        practiceMinutes: count(),
        minimumEducation: text(60),
        source: text(200),
      },
      unique: { standard_version_once_per_day: ['standardId', 'effectiveFrom'] },
    });
    await createTable(runner, 'trainer', {
      columns: {
        id: id(),
        provinceCode: text(2),
        givenName: text(100),
        familyName: text(100),
        searchName: text(201),
        sortKey: text(810),
        nationalId: personalText(10),
        nationalIdIndex: digest(),
        cardExpiresOn: day(),
      },
      unique: { trainer_once_per_national_id: ['nationalIdIndex'] },
    });
    await createTable(runner, 'trainer_appointment', {
      columns: {
        id: id(),
        trainerId: ref('trainer'),
        instituteId: ref('institute'),
        standardId: ref('training_standard'),
        startsOn: day(),
        endsOn: day(),
      },
      unique: { appointment_once_per_start: ['trainerId', 'instituteId', 'standardId', 'startsOn'] },
      index: { appointment_by_institute: ['instituteId', 'standardId'] },
    });
    await createTable(runner, 'holiday', {
      columns: {
        id: id(),
        occasion: text(10),
        day: day(),
        titleFa: text(200),
        titleEn: text(200),
        certainty: choice(),
      },
      unique: { holiday_once_per_occasion: ['occasion', 'titleFa'] },
      index: { holiday_by_day: ['day'] },
    });
    await createTable(runner, 'exam_rules', {
      columns: {
        id: id(),
        scope: text(15),
        effectiveFrom: day(),
        writtenPassHundredths: count(),
        practicalPassHundredths: count(),
        finalPassHundredths: count(),
        writtenWeightPercent: count(),
        practicalWeightPercent: count(),
        writtenTries: count(),
        practicalTries: count(),
        source: text(300),
      },
      unique: { exam_rules_once_per_day: ['scope', 'effectiveFrom'] },
    });
    await createTable(runner, 'attendance_rules', {
      columns: {
        id: id(),
        scope: text(15),
        effectiveFrom: day(),
        unexcusedWarnPercent: count(),
        unexcusedLimitPercent: count(),
        totalLimitPercent: count(),
        lateAfterMinutes: count(),
        source: text(300),
      },
      unique: { attendance_rules_once_per_day: ['scope', 'effectiveFrom'] },
    });
    await createTable(runner, 'course_run', {
      columns: {
        id: id(),
        number: text(20),
        provinceCode: text(2),
        officeId: ref('office'),
        instituteId: ref('institute'),
        standardId: ref('training_standard'),
        standardVersionId: ref('training_standard_version'),
        examRulesId: ref('exam_rules'),
        attendanceRulesId: ref('attendance_rules'),
        roomId: ref('room'),
        trainerId: ref('trainer'),
        status: choice(),
        capacity: count(),
        seatsTaken: count(),
        plannedMinutes: count(),
        startsOn: day(),
        endsOn: day(),
        enrolmentClosesOn: day(),
        cancelReason: optional(text(300)),
        demo: flag(),
      },
      unique: { course_run_once_per_number: ['number'] },
      index: {
        course_run_by_province: ['provinceCode', 'startsOn', 'id'],
        course_run_by_office: ['officeId', 'startsOn', 'id'],
        course_run_by_institute: ['instituteId', 'startsOn', 'id'],
        course_run_by_trainer: ['trainerId', 'startsOn', 'id'],
      },
      check: { course_run_never_overfull: 'seatsTaken <= capacity' },
    });
    await createTable(runner, 'run_counter', { columns: { id: key(text(8)), given: count() } });
    await createTable(runner, 'session', {
      columns: {
        id: id(),
        runId: ref('course_run'),
        ordinal: count(),
        day: day(),
        startMinute: count(),
        endMinute: count(),
        status: choice(),
        roomId: ref(),
        trainerId: ref(),
      },
      unique: { session_once_per_ordinal: ['runId', 'ordinal'] },
      index: { session_by_room: ['roomId', 'day'], session_by_trainer: ['trainerId', 'day'] },
    });
    await createTable(runner, 'trainee', {
      columns: {
        id: id(),
        nationalId: personalText(10),
        nationalIdIndex: digest(),
        givenName: personalText(100),
        familyName: personalText(100),
        fatherName: optional(personalText(100)),
        birthDay: optional(personalText(10)),
        mobile: optional(personalText(11)),
        createdAt: instant(),
      },
      unique: { trainee_once_per_national_id: ['nationalIdIndex'] },
    });
    await createTable(runner, 'enrolment', {
      columns: {
        id: id(),
        runId: ref('course_run'),
        traineeId: ref('trainee'),
        status: choice(),
        enrolledAt: instant(),
      },
      unique: { enrolment_once_per_run: ['runId', 'traineeId'] },
    });
    await createTable(runner, 'attendance_mark', {
      columns: {
        runId: key(ref()),
        enrolmentId: key(ref()),
        sessionId: key(ref()),
        term: key(count()),
        status: choice(),
        presentMinutes: count(),
        markedAt: instant(),
        markedBy: ref(),
      },
    });
    await createTable(runner, 'attendance_correction', {
      columns: {
        id: id(),
        runId: ref(),
        enrolmentId: ref(),
        sessionId: ref(),
        statusBefore: choice(),
        presentMinutesBefore: count(),
        reason: optional(text(300)),
        correctedAt: instant(),
        correctedBy: ref(),
      },
      index: { correction_by_enrolment: ['runId', 'enrolmentId'] },
    });
    await createTable(runner, 'exam_result', {
      columns: {
        id: id(),
        runId: ref(),
        enrolmentId: ref('enrolment'),
        part: choice(),
        tryNumber: count(),
        absent: flag(),
        markHundredths: optional(count()),
        satOn: day(),
        enteredBy: ref(),
        enteredAt: instant(),
      },
      unique: { exam_result_once_per_try: ['enrolmentId', 'part', 'tryNumber'] },
      index: { exam_result_by_run: ['runId'] },
    });
    await createTable(runner, 'class_list_import', {
      columns: {
        id: id(),
        runId: ref('course_run'),
        uploadId: ref(),
        sheet: optional(text(200)),
        state: choice(),
        rowCount: count(),
        acceptedCount: count(),
        refusedCount: count(),
        reportKey: optional(text(200)),
        reason: optional(text(40)),
        messageFa: optional(personalText(500)),
        messageEn: optional(personalText(500)),
        requestedBy: ref(),
        requestedAt: instant(),
      },
      index: { class_list_import_by_run: ['runId'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
