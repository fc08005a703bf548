import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileKey } from '@app/documents';
import { formatJalali, formatNumber, toPersianDigits } from '@app/persian';
import { asInstant, FileMissing, Installation, KeyRotation, timeId, verifyAudit } from '@app/platform';
import type { Backend } from '../backend.js';
import { CannotStart } from '../cannot-start.js';
import { nightlyBackup } from './backups.js';
import { grantsTooWide } from './grants.js';
import { verifyBackup } from './restore.js';
import { BackupMade } from './upkeep.events.js';

type Patient = Pick<Backend, 'database' | 'files' | 'settings' | 'clock' | 'keys'>;

/** A sentence in both languages. */
interface Said {
  fa: string;
  en: string;
}

/** What one check has looked at, and what is wrong. */
interface Found {
  looked: Said;
  wrong: Said[];
}

interface Options {
  /** Leaves out what reads whole files: papers are not compared with their hashes, the last backup is not opened. */
  fast?: boolean;
}

const DOCUMENTS_A_PAGE = 500;
const WAITS_TOO_LONG_MS = 15 * 60_000;
const BACKUP_TOO_OLD_MS = 48 * 3_600_000;

/** The checks of the doctor, in the order of its report. Each only reads. */
export const checks: Record<string, { title: Said; look(patient: Patient, options: Options): Promise<Found> }> = {
  seats: {
    title: { fa: 'شمارندهٔ صندلی‌ها با فهرست فراگیران', en: 'Seats taken against enrolments' },
    async look({ database }) {
      const counted = 'SELECT COUNT(*) FROM enrolment e WHERE e.runId = r.id AND e.status = ';
      const [{ runs } = { runs: 0 }] = await database.read((tx) =>
        tx.query<{ runs: number }>('SELECT COUNT(*) AS runs FROM course_run'),
      );
      const rows = await database.read((tx) =>
        tx.query<{ number: string; seatsTaken: number; enrolled: number }>(
          `SELECT r.number, r.seatsTaken, (${counted}'ENROLLED') AS enrolled FROM course_run r
           WHERE r.seatsTaken <> (${counted}'ENROLLED') ORDER BY r.number`,
        ),
      );
      return {
        looked: count(runs, 'دوره', 'course runs'),
        wrong: rows.map(({ number, seatsTaken, enrolled }) => ({
          fa: `دورهٔ ${number}: ${fa(seatsTaken)} صندلی گرفته شمرده شده، ${fa(enrolled)} نفر ثبت نام شده‌اند`,
          en: `course run ${number} counts ${seatsTaken} seats taken, ${enrolled} people are enrolled`,
        })),
      };
    },
  },

  papers: {
    title: { fa: 'پرونده‌های مدارک با ردیف‌ها', en: 'Files of papers against rows' },
    async look(patient, options) {
      const wrong: Said[] = [];
      let looked = 0;
      for (let after = ''; ;) {
        const page = await patient.database.read((tx) =>
          tx.query<{ id: string; sha256: string | null }>(
            `SELECT id, sha256 FROM stored_document WHERE state = 'READY' AND id > ? ORDER BY id LIMIT ?`,
            [after, DOCUMENTS_A_PAGE],
          ),
        );
        for (const { id, sha256 } of page) {
          const fault = await faultOf(patient, sha256, options);
          if (fault) wrong.push({ fa: `مدرک ${id}: ${fault.fa}`, en: `document ${id}: ${fault.en}` });
        }
        looked += page.length;
        if (page.length < DOCUMENTS_A_PAGE) break;
        after = page.at(-1)?.id ?? '';
      }
      return { looked: count(looked, 'مدرک', 'papers'), wrong };
    },
  },

  serials: {
    title: { fa: 'پیوستگی شماره‌های گواهینامه', en: 'Certificate serials without gaps' },
    async look({ database }) {
      const rows = await database.read((tx) =>
        tx.query<{ provinceCode: string; jalaliYear: number; issued: number; highest: number; lastNumber: number }>(
          `SELECT k.provinceCode, k.jalaliYear, COALESCE(c.issued, 0) AS issued, COALESCE(c.highest, 0) AS highest,
             COALESCE(n.lastNumber, 0) AS lastNumber
           FROM (SELECT provinceCode, jalaliYear FROM certificate_counter
                 UNION SELECT DISTINCT provinceCode, jalaliYear FROM certificate) k
           LEFT JOIN (SELECT provinceCode, jalaliYear, COUNT(*) AS issued, MAX(number) AS highest FROM certificate
                      GROUP BY provinceCode, jalaliYear) c
             ON c.provinceCode = k.provinceCode AND c.jalaliYear = k.jalaliYear
           LEFT JOIN certificate_counter n ON n.provinceCode = k.provinceCode AND n.jalaliYear = k.jalaliYear
           ORDER BY 1, 2`,
        ),
      );
      // Numbers are unique and at least 1, so as many as the highest means none is missing.
      const faulty = rows.filter(({ issued, highest, lastNumber }) => issued !== highest || highest !== lastNumber);
      return {
        looked: count(
          rows.reduce((sum, { issued }) => sum + issued, 0),
          'گواهینامه',
          'certificates',
        ),
        wrong: faulty.map(({ provinceCode, jalaliYear, issued, highest, lastNumber }) => ({
          fa: `استان ${provinceCode} سال ${toPersianDigits(jalaliYear)}: ${fa(issued)} گواهینامه، بزرگ‌ترین شماره ${fa(highest)}، شمارنده ${fa(lastNumber)}`,
          en: `province ${provinceCode}, year ${jalaliYear}: ${issued} certificates, highest number ${highest}, counter ${lastNumber}`,
        })),
      };
    },
  },

  waiting: {
    title: { fa: 'کارهای در صف', en: 'Jobs that wait' },
    async look({ database }) {
      const [{ waiting, oldest, now } = { waiting: 0, oldest: null, now: null }] = await database.read((tx) =>
        tx.query<{ waiting: number; oldest: unknown; now: unknown }>(
          `SELECT COUNT(*) AS waiting, MIN(runAfter) AS oldest, ${tx.dialect.now} AS now FROM job
           WHERE state = 'WAITING' AND runAfter <= ${tx.dialect.now}
             AND (leasedUntil IS NULL OR leasedUntil <= ${tx.dialect.now})`,
        ),
      );
      const age = oldest === null ? 0 : asInstant(now).getTime() - asInstant(oldest).getTime();
      const minutes = Math.round(age / 60_000);
      return {
        looked: count(waiting, 'کار', 'jobs'),
        wrong:
          age <= WAITS_TOO_LONG_MS
            ? []
            : [
                {
                  fa: `قدیمی‌ترین کار ${fa(minutes)} دقیقه است که منتظر است؛ آیا برنامه (یا worker) روشن است؟`,
                  en: `the oldest job has waited ${minutes} minutes: is the product (or a worker) running?`,
                },
              ],
      };
    },
  },

  failed: {
    title: { fa: 'کارهای شکست‌خورده', en: 'Failed jobs' },
    async look({ database }) {
      const rows = await database.read((tx) =>
        tx.query<{ name: string; jobs: number; reason: string }>(
          `SELECT name, COUNT(*) AS jobs, MAX(reason) AS reason FROM job WHERE state = 'FAILED' GROUP BY name ORDER BY name`,
        ),
      );
      return {
        looked: count(
          rows.reduce((sum, { jobs }) => sum + jobs, 0),
          'کار',
          'jobs',
        ),
        wrong: rows.map(({ name, jobs, reason }) => ({
          fa: `${name}: ${fa(jobs)} بار (${reason})`,
          en: `${name}: ${jobs} times (${reason})`,
        })),
      };
    },
  },

  audit: {
    title: { fa: 'زنجیرهٔ رویدادها', en: 'The audit trail' },
    async look({ database, files, keys }, { fast = false }) {
      const late = await lateLinks(database);
      if (fast) return late;
      const { links, bad } = await verifyAudit(database, files, keys);
      const wrong = bad.map(({ fault, chain, sequence, eventId, day }) => {
        const row = [chain && `${chain}/${sequence}`, eventId, day, fault].filter(Boolean).join(' ');
        return { fa: `${row} («audit verify» را بزنید)`, en: `${row} (run \`audit verify\`)` };
      });
      return { looked: count(links, 'رویداد', 'events'), wrong: [...late.wrong, ...wrong] };
    },
  },

  grants: {
    title: { fa: 'اختیارهای کاربر پایگاه داده', en: 'Rights of the database user' },
    async look({ database, settings }) {
      if (database.engine !== 'mariadb')
        return { looked: { fa: 'تریگرها نگهبان رویدادها هستند', en: 'triggers guard the audit trail' }, wrong: [] };
      const tooWide = await grantsTooWide(database);
      const told = tooWide.map((grant) => ({
        fa: `${grant} لازم نیست («grants» را بزنید)`,
        en: `${grant} is not needed (run \`grants\`)`,
      }));
      // Elsewhere than in production one user does all.
      return {
        looked: count(tooWide.length, 'اختیار بیش از نیاز', 'rights too many'),
        wrong: settings.production ? told : [],
      };
    },
  },

  keys: {
    title: { fa: 'کلیدها', en: 'Keys' },
    async look({ database, keys }) {
      const rotations = await database.read((tx) => tx.repo(KeyRotation).find({ order: { startedAt: 'DESC' } }));
      // The last of each kind: `k2` seals, `i2` makes digests.
      const last = ['k', 'i'].flatMap((kind) => rotations.find(({ id }) => id.startsWith(kind)) ?? []);
      const told = last.map(({ id, rowsInAll, tableName, finishedAt }) => {
        const done = finishedAt
          ? { fa: 'به پایان رسید', en: 'finished' }
          : { fa: `در کار است، جدول ${tableName}`, en: `goes on, table ${tableName}` };
        const what = id.startsWith('k')
          ? { fa: 'مهر دوباره', en: 'sealed anew' }
          : { fa: 'نمایهٔ دوباره', en: 'indexed anew' };
        return {
          fa: `${what.fa} با ${id}: ${fa(rowsInAll)} ردیف، ${done.fa}`,
          en: `${what.en} under ${id}: ${rowsInAll} rows, ${done.en}`,
        };
      });
      const current = { fa: `کلید کنونی ${keys.currentId}`, en: `the current key is ${keys.currentId}` };
      const looked = [current, ...told];
      return {
        looked: { fa: looked.map((one) => one.fa).join('؛ '), en: looked.map((one) => one.en).join('; ') },
        wrong: [],
      };
    },
  },

  backups: {
    title: { fa: 'آخرین پشتیبان سالم', en: 'Last good backup' },
    async look({ database, settings, clock }, { fast = false }) {
      if (!settings.NIGHTLY_BACKUP)
        return { looked: { fa: 'پشتیبان شبانه خاموش است', en: 'the nightly backup is off' }, wrong: [] };
      const [made] = await database.read((tx) =>
        tx.query<{ payload: string; occurredAt: unknown }>(
          'SELECT payload, occurredAt FROM business_event WHERE name = ? ORDER BY id DESC LIMIT 1',
          [BackupMade.name],
        ),
      );
      const tooOld = clock.now().getTime() - BACKUP_TOO_OLD_MS;
      if (!made) {
        const started = await database.read((tx) => tx.repo(Installation).findOneBy({ id: '1' }));
        const isNew = !started || started.createdAt.getTime() > tooOld;
        return {
          looked: { fa: 'هنوز هیچ', en: 'none yet' },
          wrong: isNew ? [] : [{ fa: 'هنوز هیچ پشتیبانی ساخته نشده است', en: 'no backup was ever made' }],
        };
      }
      const { day } = JSON.parse(made.payload) as BackupMade;
      const wrong: Said[] = [];
      if (asInstant(made.occurredAt).getTime() < tooOld)
        wrong.push({ fa: 'بیش از دو روز از آن گذشته است', en: 'it is older than two days' });
      // On many machines it lies on the one whose worker made it.
      const file = nightlyBackup(settings, day);
      if (!fast && existsSync(file))
        try {
          const { byPerson } = await verifyBackup(file);
          if (byPerson) await verifyBackup(settings.personKeysFile);
        } catch (error) {
          if (!(error instanceof CannotStart)) throw error;
          wrong.push({ fa: error.messageFa, en: error.messageEn });
        }
      return { looked: { fa: formatJalali(day), en: day }, wrong };
    },
  },
};

/** What nobody has linked for a quarter of an hour. */
async function lateLinks(database: Patient['database']): Promise<Found> {
  const before = timeId(Date.now() - WAITS_TOO_LONG_MS);
  const [{ late } = { late: 0 }] = await database.read((tx) =>
    tx.query<{ late: number }>(
      `SELECT COUNT(*) AS late FROM business_event e LEFT JOIN event_link l ON l.eventId = e.id
       WHERE l.eventId IS NULL AND e.id < ?`,
      [before],
    ),
  );
  return {
    looked: count(late, 'رویداد بی‌پیوند', 'events not linked'),
    wrong: late > 0 ? [{ fa: 'آیا برنامه (یا worker) روشن است؟', en: 'is the product (or a worker) running?' }] : [],
  };
}

async function faultOf({ files }: Patient, sha256: string | null, { fast }: Options): Promise<Said | null> {
  if (sha256 === null) return { fa: 'آماده است ولی پرونده‌ای ندارد', en: 'is ready and names no file' };
  const missing = { fa: 'پرونده‌اش نیست', en: 'its file is missing' };
  if (fast) return (await files.has(fileKey(sha256))) ? null : missing;
  const hash = createHash('sha256');
  try {
    const { stream } = await files.open(fileKey(sha256));
    for await (const chunk of stream) hash.update(chunk as Buffer);
  } catch (error) {
    if (error instanceof FileMissing) return missing;
    throw error;
  }
  return hash.digest('hex') === sha256 ? null : { fa: 'پرونده‌اش عوض شده است', en: 'its file was changed' };
}

const fa = (n: number): string => formatNumber(n);
const count = (n: number, nounFa: string, nounEn: string): Said => ({ fa: `${fa(n)} ${nounFa}`, en: `${n} ${nounEn}` });

/** The result of one check. */
export interface Diagnosis extends Found {
  name: string;
  title: Said;
}

/** Compares what the installation says with what is there. Changes nothing. */
export async function doctor(patient: Patient, options: Options = {}): Promise<Diagnosis[]> {
  const all: Diagnosis[] = [];
  for (const [name, { title, look }] of Object.entries(checks))
    all.push({ name, title, ...(await look(patient, options)) });
  return all;
}

const SHOWN = 10;

/** The diagnoses as lines, Persian over English. */
export const doctorReport = (all: Diagnosis[]): string =>
  all
    .flatMap(({ title, looked, wrong }) => [
      `${wrong.length > 0 ? '✗' : '✓'} ${title.fa}: ${looked.fa}`,
      `  ${title.en}: ${looked.en}`,
      ...wrong.slice(0, SHOWN).flatMap((said) => [`    - ${said.fa}`, `      ${said.en}`]),
      ...(wrong.length > SHOWN
        ? [`    … و ${fa(wrong.length - SHOWN)} مورد دیگر`, `    … and ${wrong.length - SHOWN} more`]
        : []),
    ])
    .join('\n');
