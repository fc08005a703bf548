import { readFile } from 'node:fs/promises';
import type { FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { searchForm, sortKey, storeForm } from '@app/persian';
import { type Columns, type Database, DomainEvent, projectFile, SYSTEM, type Tx } from '@app/platform';
import { Holiday, HolidayCertainty } from './calendar/holiday.entity.js';
import { csvRecords } from './csv.js';
import { Office, OfficeKind } from './office/office.entity.js';
import { RetentionRule, RetentionSubject } from './retention/retention-rule.entity.js';
import { AttendanceRules, ExamRules } from './rules/dated-rules.entity.js';
import {
  CodeStatus,
  StandardKind,
  TrainingField,
  TrainingStandard,
  TrainingStandardVersion,
} from './standard/standard.entity.js';

/** Reference data came or changed with a new version of the product. */
export class ReferenceDataLoaded extends DomainEvent {
  added: number;
  changed: number;
}

interface Loaded {
  added: number;
  changed: number;
}

/** The first day of our calendar, 1404-01-01: rules and versions that came with the product begin with it. */
const FROM_THE_START = '2025-03-21';

/**
 * Brings the offices, standards, holidays and default rules that come with the product into the tables, in one unit:
 * adds what is missing, changes what differs, deletes nothing. Rows are known by their natural keys, so that loading
 * again changes nothing. Whoever migrates the tables calls it, one process at a time.
 */
export async function loadReferenceData(db: Database): Promise<Loaded> {
  const [provinces, counties, standards, holidays] = await Promise.all([
    table<ProvinceColumn>('provinces.csv'),
    table<CountyColumn>('counties.csv'),
    table<StandardColumn>('training-standards.csv'),
    table<HolidayColumn>('holidays.csv'),
  ]);
  return db.write(SYSTEM, async (tx) => {
    const bring = new Bringing(tx);
    await bringOffices(bring, provinces, counties);
    await bringStandards(bring, standards);
    await bring.rows(Holiday, holidays.map(holiday), ({ occasion, titleFa }) => `${occasion} ${titleFa}`);
    await bring.rows(ExamRules, [examRules], ({ scope, effectiveFrom }) => `${scope} ${effectiveFrom}`);
    await bring.rows(AttendanceRules, [attendanceRules], ({ scope, effectiveFrom }) => `${scope} ${effectiveFrom}`);
    await bring.rows(RetentionRule, retentionRules, ({ subject, effectiveFrom }) => `${subject} ${effectiveFrom}`);
    const { added, changed } = bring;
    if (added + changed > 0) tx.emit(ReferenceDataLoaded, { added, changed });
    return { added, changed };
  });
}

type ProvinceColumn = 'province_code' | 'name_fa' | 'name_en';
type CountyColumn = 'county_code' | ProvinceColumn;
type StandardColumn =
  | 'standard_code'
  | 'code_status'
  | 'title_fa'
  | 'title_en'
  | 'kind'
  | 'field'
  | 'cluster_fa'
  | 'isco08_code'
  | 'theory_hours'
  | 'practice_hours'
  | 'hours_status'
  | 'min_education'
  | 'title_source';
type HolidayColumn = 'jalali_date' | 'gregorian_date' | 'title_fa' | 'title_en' | 'kind' | 'hijri_date' | 'certainty';

const table = async <Column extends string>(file: string) =>
  csvRecords<Column>(await readFile(projectFile(`libs/training/data/${file}`), 'utf8'));

/** Compares what comes with the product to what stands in the tables. */
class Bringing {
  added = 0;
  changed = 0;

  constructor(readonly tx: Tx) {}

  /**
   * @param settings  columns that the users set: they start with these values and are not changed here
   * @returns the id of each row by its natural key
   */
  async rows<T extends ObjectLiteral & { id: string }, S extends Partial<Columns<T>> = object>(
    entity: new () => T,
    wanted: (Omit<Columns<T>, keyof S> & object)[],
    keyOf: (row: Omit<Columns<T>, keyof S>) => string,
    settings?: S,
  ): Promise<Map<string, string>> {
    const standing = new Map((await this.tx.repo(entity).find()).map((row) => [keyOf(row as never), row]));
    const missing = wanted.filter((row) => !standing.has(keyOf(row)));
    const added = await this.tx.insertAll(
      entity,
      missing.map((row) => ({ ...row, ...settings }) as never),
    );
    for (const row of wanted) {
      const old = standing.get(keyOf(row));
      if (!old || Object.entries(row).every(([column, value]) => old[column] === value)) continue;
      await this.tx.update(entity, { id: old.id } as FindOptionsWhere<T>, row as never);
      this.changed += 1;
    }
    this.added += added.length;
    return new Map([...standing.values(), ...added].map((row) => [keyOf(row as never), row.id]));
  }
}

/** A county's place holds its own id, which is known once the row is there. */
const OFFICE_PATHS = `UPDATE office SET path = CASE kind WHEN 'NATIONAL' THEN '/' WHEN 'PROVINCIAL'
  THEN CONCAT('/', provinceCode, '/') ELSE CONCAT('/', provinceCode, '/', id, '/') END WHERE path = ''`;

async function bringOffices(
  bring: Bringing,
  provinces: Record<ProvinceColumn, string>[],
  counties: Record<CountyColumn, string>[],
): Promise<void> {
  const keyOf = (office: Pick<Office, 'provinceCode' | 'countyCode'>) =>
    office.countyCode ?? office.provinceCode ?? 'country';
  const unset = { closedWeekdays: null, path: '' };
  const national = {
    kind: OfficeKind.NATIONAL,
    parentId: null,
    name: 'سازمان آموزش فنی و حرفه‌ای کشور',
    nameEn: 'Technical and Vocational Training Organisation',
    provinceCode: null,
    countyCode: null,
  };
  const ofCountry = await bring.rows(Office, [national], keyOf, unset);
  const ofProvinces = await bring.rows(
    Office,
    provinces.map(({ province_code, name_fa, name_en }) => ({
      kind: OfficeKind.PROVINCIAL,
      parentId: ofCountry.get('country') as string,
      name: storeForm(`اداره کل آموزش فنی و حرفه‌ای استان ${name_fa}`),
      nameEn: `Training Office of ${name_en} Province`,
      provinceCode: province_code,
      countyCode: null,
    })),
    keyOf,
    unset,
  );
  await bring.rows(
    Office,
    counties.map(({ county_code, province_code, name_fa, name_en }) => ({
      kind: OfficeKind.COUNTY,
      parentId: ofProvinces.get(province_code) as string,
      name: storeForm(`اداره آموزش فنی و حرفه‌ای شهرستان ${name_fa}`),
      nameEn: `Training Office of ${name_en} County`,
      provinceCode: province_code,
      countyCode: county_code,
    })),
    keyOf,
    unset,
  );
  if (bring.added > 0) await bring.tx.execute(OFFICE_PATHS);
}

async function bringStandards(bring: Bringing, standards: Record<StandardColumn, string>[]): Promise<void> {
  const ids = await bring.rows(
    TrainingStandard,
    standards.map((standard) => {
      const titleFa = storeForm(standard.title_fa);
      return {
        code: standard.standard_code,
        titleFa,
        titleEn: standard.title_en,
        searchTitle: searchForm(titleFa),
        sortKey: sortKey(titleFa),
        kind: standard.kind === 'شغل' ? StandardKind.OCCUPATION : StandardKind.COMPETENCE,
        field: member(TrainingField, standard.field),
        cluster: standard.cluster_fa,
        isco08Code: standard.isco08_code,
        codeStatus: member(CodeStatus, standard.code_status),
      };
    }),
    ({ code }) => code,
  );
  await bring.rows(
    TrainingStandardVersion,
    standards
      .filter(({ hours_status }) => hours_status !== 'unknown')
      .map((standard) => ({
        standardId: ids.get(standard.standard_code) as string,
        effectiveFrom: FROM_THE_START,
        theoryMinutes: Number(standard.theory_hours) * 60,
        practiceMinutes: Number(standard.practice_hours) * 60,
        minimumEducation: standard.min_education,
        source:
          standard.hours_status === 'total_published'
            ? `Total as published (${standard.title_source}); its parts are ours`
            : 'Illustrative: made up so that screens have data',
      })),
    ({ standardId, effectiveFrom }) => `${standardId} ${effectiveFrom}`,
  );
}

const holiday = (row: Record<HolidayColumn, string>) => ({
  // A lunar holiday is known by its Hijri year, so that it stays the same one when its day moves.
  occasion: row.kind === 'lunar' ? row.hijri_date.slice(0, 4) : row.jalali_date,
  day: row.gregorian_date,
  titleFa: storeForm(row.title_fa),
  titleEn: row.title_en,
  certainty: member(HolidayCertainty, row.certainty),
});

const examRules = {
  scope: '*',
  effectiveFrom: FROM_THE_START,
  writtenPassHundredths: 50_00,
  practicalPassHundredths: 70_00,
  finalPassHundredths: 70_00,
  writtenWeightPercent: 25,
  practicalWeightPercent: 75,
  writtenTries: 2,
  practicalTries: 2,
  source:
    'Public guides to the exams of the training organisation, which agree on these numbers; rule X1 of the README',
};

const OUR_DEFAULT = 'Ours, until the organisation says how long it keeps what';
const retentionRules = [
  { subject: RetentionSubject.REFERRAL, effectiveFrom: FROM_THE_START, months: 18, source: OUR_DEFAULT },
  { subject: RetentionSubject.CONTACT, effectiveFrom: FROM_THE_START, months: 24, source: OUR_DEFAULT },
  { subject: RetentionSubject.PAPER, effectiveFrom: FROM_THE_START, months: 12, source: OUR_DEFAULT },
  { subject: RetentionSubject.CERTIFICATE_NAME, effectiveFrom: FROM_THE_START, months: 360, source: OUR_DEFAULT },
];

const attendanceRules = {
  scope: '*',
  effectiveFrom: FROM_THE_START,
  unexcusedWarnPercent: 10,
  unexcusedLimitPercent: 15,
  totalLimitPercent: 25,
  lateAfterMinutes: 15,
  source: 'The 15 per cent of state training centres; the other numbers are our defaults; rule X2 of the README',
};

/** The member of an enum that a table writes in small letters. */
function member<E extends string>(values: Record<string, E>, text: string): E {
  const found = values[text.toUpperCase()];
  if (!found) throw new Error(`${text} is none of ${Object.values(values).join(', ')}`);
  return found;
}
