import { join } from 'node:path';
import { fetchReport, markSessions } from './attendance.js';
import { fetchPapers, issueCertificates } from './certificates.js';
import { importClassLists } from './class-lists.js';
import { enterExams } from './exams.js';
import { Notebook } from './notebook.js';
import { openRuns } from './open-runs.js';
import { withApi } from './own-api.js';
import { linkTo } from './papers.js';
import { Person, type SocketClass } from './person.js';

/** The password of all demo accounts, as the product prints it when it starts. */
const PASSWORD = 'saffron-and-rose';

interface Surroundings {
  /** The folder of the project: its class lists are read, and `demo-output` is written there. */
  root: string;
  /** The built API. */
  apiMain: string;
  Socket: SocketClass;
}

/**
 * Takes a class list from plan to certificate as its people would, over HTTP alone, and counts everything once more.
 *
 * @returns whether every count, document and serial was as it must be
 */
export async function runDemo({ root, apiMain, Socket }: Surroundings): Promise<boolean> {
  const book = await Notebook.open(join(root, 'demo-output'));
  return withApi(apiMain, async (url, own) => {
    const as = (userName: string) => Person.signIn(url, Socket, userName, PASSWORD);
    const people = await book.step('همه وارد می‌شوند', `everyone signs in at ${url}`, async () => ({
      officer: await as('demo-county'),
      neighbour: await as('demo-county-takestan'),
      carpet: await as('demo-institute'),
      food: await as('demo-institute-food'),
      trainer: await as('demo-trainer'),
      stranger: await as('demo-trainer-food'),
      assessor: await as('demo-assessor'),
    }));
    const runs = await book.step('کارشناس شهرستان دوره باز می‌کند', 'the county officer opens course runs', () =>
      openRuns(book, people.officer, people.neighbour),
    );
    await book.step('آموزشگاه‌ها فهرست کلاس می‌دهند', 'the institutes hand in class lists', () =>
      importClassLists(book, join(root, 'libs/training/data/class-lists'), runs, people),
    );
    const run = await book.step('مربی همهٔ جلسه‌ها را ثبت می‌کند', 'the trainer marks every session', () =>
      markSessions(book, runs.carpet, people),
    );
    const report = await book.step('گزارش حضور و غیاب', 'the attendance report', () =>
      fetchReport(book, runs.carpet, run, people.officer),
    );
    // Opened now, so that it has expired when everything else is done.
    const oldLink = await linkTo(people.officer, report.pdf);
    const verdicts = await book.step('واحد سنجش نمره‌ها را وارد می‌کند', 'the assessor enters exam marks', () =>
      enterExams(book, runs.carpet, run, people),
    );
    const issued = await book.step('کارشناس گواهی‌نامه صادر می‌کند', 'the officer issues certificates', () =>
      issueCertificates(book, runs.carpet, verdicts, people, own),
    );
    await book.step('کاغذها گرفته و وارسی می‌شود', 'the papers are fetched and checked', () =>
      fetchPapers(book, issued, { report, oldLink, run }, people),
    );
    return book.close();
  });
}
