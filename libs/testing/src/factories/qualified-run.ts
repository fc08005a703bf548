import { SYSTEM } from '@app/platform';
import { CourseRunStatus, ExamPart, ExamResult } from '@app/training';
import { newEnrolments, newPlace, newRun, type Tables, type TestPlace, type TestRun } from './course-run.js';

/** A finished run, in a place of its own unless one is given, all of whose people qualify for a certificate. */
export async function qualifiedRun(
  db: Tables,
  many: number,
  given?: TestPlace,
): Promise<{ place: TestPlace; run: TestRun }> {
  const place = given ?? (await newPlace(db, { roomCapacity: many }));
  const run = await newRun(db, place, { capacity: many, status: CourseRunStatus.FINISHED });
  const enrolments = await newEnrolments(db, run, many);
  await db.database.write(SYSTEM, (tx) =>
    tx.insertAll(
      ExamResult,
      enrolments.flatMap(({ id: enrolmentId }) =>
        Object.values(ExamPart).map((part) => ({
          ...{ runId: run.id, enrolmentId, part, tryNumber: 1, absent: false, markHundredths: 8500 },
          ...{ satOn: '2026-11-20', enteredBy: place.assessor.userId, enteredAt: new Date() },
        })),
      ),
    ),
  );
  return { place, run };
}
