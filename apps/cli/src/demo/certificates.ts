import { setTimeout as sleep } from 'node:timers/promises';
import { toPersianDigits } from '@app/persian';
import type { MarkedRun, Report } from './attendance.js';
import type { Notebook } from './notebook.js';
import type { OpenedRun } from './open-runs.js';
import { fetchPaper, type Link, linkTo } from './papers.js';
import type { Person } from './person.js';
import type { DemoVerdict } from './recount.rules.js';

interface Batch {
  id: string;
  state: string;
  total: number;
  issued: number;
  drawn: number;
  failed: number;
  done: boolean;
}

interface Certificate {
  id: string;
  serial: string;
  code: string;
  documentId: string;
  documentState: string;
}

interface Candidate {
  enrolmentId: string;
  givenName: string;
  familyName: string;
  shortfalls: string[];
  certificate: Certificate | null;
}

const ISSUE = `mutation ($input: IssueCertificatesInput!) { issueCertificates(input: $input) {
  ... on CertificateBatch { id total } ... on CertificatesRefused { reason } } }`;
const PROGRESS = `subscription ($id: ID!) { certificateBatchProgress(id: $id) {
  id state total issued drawn failed done } }`;
const CANDIDATES = `query ($runId: ID!) { certificateCandidates(runId: $runId) {
  enrolmentId givenName familyName shortfalls certificate { id serial code documentId documentState } } }`;

/** A certificate with the trainee who holds it. */
export type Issued = Certificate & Pick<Candidate, 'enrolmentId' | 'familyName' | 'givenName'>;

/** Step 5, second part: the officer issues certificates for all who qualify, and learns why others do not. */
export async function issueCertificates(
  book: Notebook,
  { id: runId }: OpenedRun,
  verdicts: Map<string, DemoVerdict>,
  { officer, trainer }: { officer: Person; trainer: Person },
  own: boolean,
): Promise<Issued[]> {
  book.check(
    'مربی گواهی‌نامه صادر نمی‌کند',
    'a trainer issues no certificates',
    await trainer.refusal(ISSUE, { input: { runId } }),
    'FORBIDDEN',
  );
  const qualified = [...verdicts].filter(([, { shortfalls }]) => shortfalls.length === 0).map(([id]) => id);
  const batch = await issue(book, officer, runId);
  book.check(
    'همهٔ گواهی‌نامه‌ها صادر و کشیده شد',
    'all certificates are issued and drawn',
    [batch.total, batch.issued, batch.drawn, batch.failed],
    [qualified.length, qualified.length, qualified.length, 0],
  );

  const candidates = await candidatesOf(officer, runId);
  for (const { familyName, givenName, shortfalls } of candidates)
    if (shortfalls.length > 0) book.say(`${givenName} ${familyName}: بدون گواهی‌نامه`, shortfalls.join(', '));
  book.check(
    'دلیل هر کس که گواهی‌نامه ندارد با شمارش خودمان یکی است',
    'the reasons of those without a certificate equal our own count',
    candidates.map(({ enrolmentId, shortfalls }) => [enrolmentId, [...shortfalls].sort()]),
    candidates.map(({ enrolmentId }) => [enrolmentId, verdicts.get(enrolmentId)?.shortfalls]),
  );
  const issued = candidates.flatMap(({ certificate, ...who }) => (certificate ? [{ ...who, ...certificate }] : []));
  book.check(
    'گواهی‌نامه درست برای پذیرفته‌شدگان است',
    'exactly those who qualify have one',
    issued.map(({ enrolmentId }) => enrolmentId).sort(),
    qualified.sort(),
  );

  const again = await issue(book, officer, runId);
  book.check('صدور دوباره هیچ چیز نمی‌افزاید', 'issuing again issues nothing', [again.total, again.issued], [0, 0]);
  book.check(
    'همان گواهی‌نامه‌ها مانده است',
    'the same certificates stand',
    (await candidatesOf(officer, runId)).map(({ certificate }) => certificate),
    candidates.map(({ certificate }) => certificate),
  );

  const numbers = issued.map(({ serial }) => Number(serial.split('-')[2])).sort((a, b) => a - b);
  // Others may have issued before us at an API that is not our own.
  const from = own ? 1 : numbers[0]!;
  book.check(
    'سریال‌ها بی‌جاافتادگی پشت سر هم است',
    'serials follow each other without a gap',
    numbers,
    numbers.map((_, at) => from + at),
  );
  const codes = issued.map(({ code }) => code);
  book.check('هیچ کدی دو بار نیست', 'no code twice', new Set(codes).size, codes.length);
  return issued;
}

async function issue(book: Notebook, officer: Person, runId: string): Promise<Batch> {
  const { issueCertificates: ordered } = await officer.ask<{
    issueCertificates: { id: string; total: number } | { reason: string };
  }>(ISSUE, { input: { runId } });
  if ('reason' in ordered) throw new Error(`The certificates are refused: ${ordered.reason}`);
  const came = await officer.follow<{ certificateBatchProgress: Batch }>(
    PROGRESS,
    { id: ordered.id },
    ({ certificateBatchProgress: { total, issued, drawn } }) =>
      book.say(
        `${toPersianDigits(issued)} از ${toPersianDigits(total)} صادر، ${toPersianDigits(drawn)} کشیده`,
        `${issued} of ${total} issued, ${drawn} drawn`,
      ),
  );
  return came.at(-1)!.certificateBatchProgress;
}

const candidatesOf = async (officer: Person, runId: string) =>
  (await officer.ask<{ certificateCandidates: Candidate[] }>(CANDIDATES, { runId })).certificateCandidates;

/** Step 6: all papers are fetched and held against their rows; links open for their owner, for a minute. */
export async function fetchPapers(
  book: Notebook,
  issued: Issued[],
  { report, oldLink, run }: { report: Report; oldLink: Link; run: MarkedRun },
  { officer, stranger }: { officer: Person; stranger: Person },
): Promise<void> {
  const rows: (string | number)[][] = [];
  const wrong: string[] = [];
  for (const { serial, code, enrolmentId, documentId } of issued) {
    const { bytes, sha256, good } = await fetchPaper(officer, documentId);
    const file = `certificates/${serial}.pdf`;
    await book.keep(file, bytes);
    if (!good || Buffer.from(bytes.subarray(0, 5)).toString() !== '%PDF-') wrong.push(serial);
    rows.push([serial, code, enrolmentId, file, bytes.length, sha256]);
  }
  book.check('هر گواهی‌نامه همان پروندهٔ ردیفش است', "every certificate's file is that of its row", wrong, []);
  book.check(
    'هیچ دو گواهی‌نامه یک پرونده نیست',
    'every certificate is a file of its own',
    new Set(rows.map(([, , , , , sha256]) => sha256)).size,
    issued.length,
  );
  await book.table('certificates.csv', ['serial', 'code', 'enrolment', 'file', 'bytes', 'sha256'], rows);
  await book.table(
    'counts.csv',
    ['what', 'count'],
    [
      ['trainees', run.trainees.length],
      ['plannedMinutes', run.plannedMinutes],
      ['heldMinutes', run.heldMinutes],
      ['presentMinutes', [...run.totals.values()].reduce((sum, { presentMinutes }) => sum + presentMinutes, 0)],
      ['certificates', issued.length],
    ],
  );

  const link = await linkTo(officer, report.pdf);
  const changed = link.url.replace(/until=(\d+)/, (_, until: string) => `until=${Number(until) + 60_000}`);
  book.check('پیوند برای صاحبش باز می‌شود', 'a link opens for its owner', (await officer.get(link.url)).status, 200);
  book.check('پیوند برای دیگری باز نمی‌شود', 'not for another', (await stranger.get(link.url)).status, 404);
  book.check('پیوند دستکاری‌شده باز نمی‌شود', 'not when it was changed', (await officer.get(changed)).status, 404);
  book.check(
    'مدرک دورهٔ دیگران یافت نمی‌شود',
    "the papers of another's run are not found",
    await stranger.refusal('mutation ($id: ID!) { openDocument(id: $id) { url } }', { id: report.pdf }),
    'NOT_FOUND',
  );
  const left = new Date(oldLink.expiresAt).getTime() - Date.now() + 1000;
  if (left > 0) {
    book.say(`${toPersianDigits(Math.ceil(left / 1000))} ثانیه تا پایان پیوند`, `waiting for a link to expire`);
    await sleep(left);
  }
  book.check('پیوند پس از ۶۰ ثانیه باز نمی‌شود', 'not after 60 seconds', (await officer.get(oldLink.url)).status, 404);
}
