import { describe, expect, it } from '@jest/globals';
import { refuseName } from './names.mjs';

describe('the names of files', () => {
  it.each([
    'libs/training/src/course-run/course-run.service.ts',
    'libs/training/src/course-run/course-run.spec.ts',
    'libs/training/src/enrolment/seats.proof.spec.ts',
    'libs/training/src/index.ts',
    'libs/training/src/training.module.ts',
    'libs/backend/src/adapters/bull.queue.ts',
    'libs/backend/src/migrations/0001-trunk.ts',
    'apps/web/src/features/course-run/course-run-page.tsx',
    'apps/web/e2e/class-list.e2e-spec.ts',
    'apps/web/vite.config.ts',
    'libs/tooling/check.mjs',
    'libs/training/data/Holidays 1405.csv',
  ])('take %s', (path) => {
    expect(refuseName(path)).toBeUndefined();
  });

  it.each([
    ['libs/training/src/courseRun/course-run.service.ts', 'folder'],
    ['libs/training/src/course-run/CourseRun.ts', 'kebab-case'],
    ['libs/training/src/course-run/course-run.helper.ts', 'suffix of the list'],
    ['libs/training/src/course-run/dates.ts', 'a file of a feature'],
    ['libs/platform/src/my_database.ts', 'kebab-case'],
    ['apps/web/src/CoursePage.tsx', 'kebab-case'],
  ])('refuse %s', (path, reason) => {
    expect(refuseName(path)).toContain(reason);
  });
});
