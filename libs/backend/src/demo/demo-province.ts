import { In } from 'typeorm';
import { type Accounts, type Actor, Role, UserAccount } from '@app/access';
import { addDays, nationalId } from '@app/persian';
import type { Clock, Database, Keys } from '@app/platform';
import { AssociationBranch, type BranchService } from '@app/referral';
import {
  Institute,
  type InstituteService,
  LicenceType,
  Office,
  OfficeKind,
  Room,
  Trainer,
  TrainerAppointment,
  type TrainerService,
  TrainingField,
  TrainingStandard,
} from '@app/training';

/** The one password of all demo accounts; they stand only in an installation that is marked as a demo. */
export const DEMO_PASSWORD = 'saffron-and-rose';

/** A demo account, as it is told to who starts the product. */
export interface DemoAccount {
  userName: string;
  titleFa: string;
  titleEn: string;
}

const QAZVIN = '26';

const standards = {
  carpet: '731899000000001',
  kilim: '731899000000005',
  pastry: '751299000000001',
  pottery: '731499000000001',
};

interface DemoInstitute {
  county: 'qazvin' | 'takestan';
  name: string;
  fields: TrainingField[];
  licenceType: LicenceType;
  /** Days from the first start until the licence ends. */
  licensedFor: number;
  rooms: [name: string, capacity: number][];
  trainers: { givenName: string; familyName: string; cardFor: number; standard: keyof typeof standards }[];
}

const YEAR = 365;
const { CARPET, FOOD, HANDICRAFT } = TrainingField;

/** Made up. One licence has ended and one card ends soon, so that these cases can be seen too. */
const demoInstitutes: DemoInstitute[] = [
  {
    county: 'qazvin',
    name: 'آموزشگاه قالی‌بافی نقش مینودر',
    fields: [CARPET],
    licenceType: LicenceType.ALEF,
    licensedFor: 4 * YEAR,
    rooms: [
      ['کارگاه قالی‌بافی', 30],
      ['کلاس نظری', 24],
    ],
    trainers: [
      { givenName: 'مریم', familyName: 'قاسمی', cardFor: 3 * YEAR, standard: 'carpet' },
      { givenName: 'زهرا', familyName: 'علی‌پور', cardFor: 20, standard: 'kilim' },
    ],
  },
  {
    county: 'qazvin',
    name: 'آموزشگاه شیرینی‌پزی هفت‌سین',
    fields: [FOOD],
    licenceType: LicenceType.BE,
    licensedFor: 3 * YEAR,
    rooms: [
      ['تالار صنایع غذایی', 200],
      ['کارگاه شیرینی‌پزی', 16],
    ],
    trainers: [{ givenName: 'فاطمه', familyName: 'رحمانی', cardFor: 3 * YEAR, standard: 'pastry' }],
  },
  {
    county: 'qazvin',
    name: 'آموزشگاه صنایع دستی فیروزه',
    fields: [HANDICRAFT],
    licenceType: LicenceType.ALEF,
    licensedFor: 2 * YEAR,
    rooms: [['کارگاه سفال', 18]],
    trainers: [{ givenName: 'سکینه', familyName: 'مؤمنی', cardFor: 2 * YEAR, standard: 'pottery' }],
  },
  {
    county: 'qazvin',
    name: 'آموزشگاه هنرهای سنتی گلستان',
    fields: [CARPET, HANDICRAFT],
    licenceType: LicenceType.JIM,
    licensedFor: 4 * YEAR,
    rooms: [
      ['کارگاه گلیم', 20],
      ['کارگاه چندمنظوره', 15],
    ],
    trainers: [{ givenName: 'لیلا', familyName: 'حیدری', cardFor: 3 * YEAR, standard: 'kilim' }],
  },
  {
    county: 'takestan',
    name: 'آموزشگاه فرش تاک',
    fields: [CARPET],
    licenceType: LicenceType.ALEF,
    licensedFor: 4 * YEAR,
    rooms: [['کارگاه قالی‌بافی', 25]],
    trainers: [{ givenName: 'معصومه', familyName: 'طاهرخانی', cardFor: 3 * YEAR, standard: 'carpet' }],
  },
  {
    county: 'takestan',
    name: 'آموزشگاه آشپزی طعم خانه',
    fields: [FOOD],
    licenceType: LicenceType.DAL,
    licensedFor: -10,
    rooms: [['آشپزخانهٔ آموزشی', 14]],
    trainers: [{ givenName: 'کبری', familyName: 'رحمانی', cardFor: 2 * YEAR, standard: 'pastry' }],
  },
];

type Granted = Parameters<Accounts['create']>[0]['grants'][number];

interface DemoParts {
  database: Database;
  keys: Keys;
  clock: Clock;
  accounts: Accounts;
  institutes: InstituteService;
  trainers: TrainerService;
  branches: BranchService;
}

/**
 * Makes the demo province, Qazvin, with the use cases that its people would use: two counties, six institutes with
 * rooms and trainers, and an account for every role. Everything is known by a natural key, so a start that was cut
 * short goes on where it stopped and a second one changes nothing. Needs the reference data.
 */
export async function makeDemoProvince(parts: DemoParts): Promise<DemoAccount[]> {
  const told: DemoAccount[] = [];
  const account = async (userName: string, titleFa: string, titleEn: string, grant: Granted): Promise<string> => {
    told.push({ userName, titleFa, titleEn });
    const standing = await parts.database.read((tx) => tx.repo(UserAccount).findOneBy({ userName }));
    if (standing) return standing.id;
    const person = { userName, displayName: `${titleFa} (نمایشی)`, password: DEMO_PASSWORD, grants: [grant] };
    return (await parts.accounts.create(person)).userId;
  };
  const county = async (countyCode: string, userName: string, titleFa: string, titleEn: string) => {
    const { id: officeId } = await parts.database.read((tx) => tx.get(Office, { kind: OfficeKind.COUNTY, countyCode }));
    const grant = { role: Role.COUNTY_OFFICER, provinceCode: QAZVIN, officeId } as const;
    return { ...grant, userId: await account(userName, titleFa, titleEn, grant) };
  };

  const role = Role.ADMINISTRATOR;
  const administrator = { role, userId: await account('demo-admin', 'مدیر سامانه', 'system administrator', { role }) };
  await account('demo-national', 'کارشناس سازمان', 'national officer', { role: Role.NATIONAL_OFFICER });
  await account('demo-province', 'کارشناس استان قزوین', 'provincial officer, Qazvin', {
    role: Role.PROVINCIAL_OFFICER,
    provinceCode: QAZVIN,
  });
  const officers = {
    qazvin: await county('2603', 'demo-county', 'کارشناس شهرستان قزوین', 'county officer, Qazvin'),
    takestan: await county('2602', 'demo-county-takestan', 'کارشناس شهرستان تاکستان', 'county officer, Takestan'),
  };
  await account('demo-assessor', 'واحد سنجش استان قزوین', 'assessment unit, Qazvin', {
    role: Role.ASSESSOR,
    provinceCode: QAZVIN,
  });

  const branchId = await branch(parts, administrator as Actor);
  await account('demo-association', 'مدیر شعبهٔ انجمن، قزوین', 'association manager, Qazvin', {
    role: Role.ASSOCIATION_MANAGER,
    provinceCode: QAZVIN,
    branchId,
  });
  await account('demo-case-worker', 'مددکار انجمن، قزوین', 'case worker, Qazvin', {
    role: Role.CASE_WORKER,
    provinceCode: QAZVIN,
    branchId,
  });

  const made: { instituteId: string; trainerId: string }[] = [];
  let people = 0;
  for (const [i, demo] of demoInstitutes.entries()) {
    const officer = officers[demo.county];
    const instituteId = await institute(parts, officer, demo, i + 1);
    const trainerIds: string[] = [];
    for (const person of demo.trainers) trainerIds.push(await trainer(parts, officer, instituteId, person, ++people));
    made.push({ instituteId, trainerId: trainerIds[0] as string });
  }

  const [carpet, food] = made as [(typeof made)[0], (typeof made)[0]];
  const named = [
    ['', carpet, 'قالی‌بافی نقش مینودر', 'carpet'],
    ['-food', food, 'شیرینی‌پزی هفت‌سین', 'food'],
  ] as const;
  for (const [suffix, { instituteId, trainerId }, nameFa, nameEn] of named) {
    await account(`demo-institute${suffix}`, `مدیر آموزشگاه ${nameFa}`, `institute manager, ${nameEn}`, {
      role: Role.INSTITUTE_MANAGER,
      provinceCode: QAZVIN,
      officeId: officers.qazvin.officeId,
      instituteId,
    });
    await account(`demo-trainer${suffix}`, `مربی آموزشگاه ${nameFa}`, `trainer, ${nameEn}`, {
      role: Role.TRAINER,
      provinceCode: QAZVIN,
      trainerId,
    });
  }
  return told;
}

/** The province's branch of the support association. It knows nobody yet: a demo needs no secrets. */
async function branch({ database, branches }: DemoParts, administrator: Actor): Promise<string> {
  const bounds = { name: 'انجمن حمایت، شعبهٔ قزوین', provinceCode: QAZVIN };
  const standing = await database.read((tx) => tx.repo(AssociationBranch).findOneBy(bounds));
  return (standing ?? (await branches.register(administrator, bounds))).id;
}

async function institute(
  { database, clock, institutes }: DemoParts,
  officer: Actor,
  { name, fields, licenceType, licensedFor, rooms }: DemoInstitute,
  number: number,
): Promise<string> {
  const licenceNumber = `DEMO-26-${number}`;
  const today = clock.today();
  const standing = await database.read((tx) => tx.repo(Institute).findOneBy({ licenceNumber }));
  const { id: instituteId } =
    standing ??
    (await institutes.register(officer, {
      name,
      licenceNumber,
      licenceType,
      licensedFields: fields,
      licenceIssuedOn: addDays(today, licensedFor - 5 * YEAR),
      licenceExpiresOn: addDays(today, licensedFor),
    }));
  const known = await database.read((tx) => tx.repo(Room).findBy({ instituteId }));
  for (const [roomName, capacity] of rooms)
    if (!known.some((room) => room.name === roomName))
      await institutes.addRoom(officer, { instituteId, name: roomName, capacity });
  return instituteId;
}

async function trainer(
  { database, keys, clock, trainers }: DemoParts,
  officer: Actor,
  instituteId: string,
  { givenName, familyName, cardFor, standard }: DemoInstitute['trainers'][0],
  number: number,
): Promise<string> {
  const today = clock.today();
  const personId = demoNationalId(number);
  const nationalIdIndex = In(keys.blindIndexes('nationalId', personId));
  const standing = await database.read((tx) => tx.repo(Trainer).findOneBy({ nationalIdIndex }));
  const { id: trainerId } =
    standing ??
    (await trainers.register(officer, {
      givenName,
      familyName,
      nationalId: personId,
      cardExpiresOn: addDays(today, cardFor),
    }));
  const { id: standardId } = await database.read((tx) => tx.get(TrainingStandard, { code: standards[standard] }));
  const appointed = await database.read((tx) =>
    tx.repo(TrainerAppointment).existsBy({ trainerId, instituteId, standardId }),
  );
  if (!appointed)
    await trainers.appoint(officer, {
      trainerId,
      instituteId,
      standardId,
      startsOn: addDays(today, -YEAR),
      endsOn: addDays(today, 2 * YEAR),
    });
  return trainerId;
}

/** A made-up national ID with the right check digit, of no known place: its first three digits are 999. */
function demoNationalId(number: number): string {
  const nine = `999${String(number).padStart(6, '0')}`;
  const right = Array.from({ length: 10 }, (_, digit) => `${nine}${digit}`).find((typed) => nationalId(typed).ok);
  if (!right) throw new Error(`No check digit for ${nine}`);
  return right;
}
