import { collected, inOrder, type Cell, type Sheet, writeXlsx } from '@app/documents/pure';
import { sortPersian } from '@app/persian';

/** One place of one person, as a row of the file. */
export interface ExportedPlace {
  familyName: string;
  givenName: string;
  fatherName: string | null;
  nationalId: string;
  runNumber: string;
  standardTitle: string;
  instituteName: string;
  enrolledOn: string;
}

export interface PeopleExportModel {
  officeName: string;
  /** Who has asked, and when: it stands above the table and in each row, so that a copied part still tells. */
  askedBy: string;
  askedAt: Date;
  trace: string;
  watermark: string | null;
  /** In any order: they are written in that of their Persian names. */
  places: ExportedPlace[];
}

/** The people of an office with their courses, as a spreadsheet. */
export const drawPeopleExport = (model: PeopleExportModel): Promise<Uint8Array> => collected(writeXlsx(sheetOf(model)));

const sheetOf = ({ officeName, askedBy, askedAt, trace, watermark, places }: PeopleExportModel): Sheet => ({
  name: 'کارآموزان',
  preface: [
    `کارآموزان ${officeName}`,
    `به درخواست ${askedBy}؛ شمارهٔ پیگیری ${inOrder(trace)}. این پرونده محرمانه است و هر رونوشت آن شمارهٔ پیگیری را دارد.`,
    ...(watermark ? [watermark] : []),
  ],
  columns: [
    { title: 'نام خانوادگی', kind: 'text' },
    { title: 'نام', kind: 'text' },
    { title: 'نام پدر', kind: 'text' },
    { title: 'کد ملی', kind: 'text' },
    { title: 'شمارهٔ دوره', kind: 'text' },
    { title: 'استاندارد', kind: 'text' },
    { title: 'آموزشگاه', kind: 'text' },
    { title: 'روز ثبت‌نام', kind: 'day' },
    { title: 'زمان درخواست', kind: 'instant' },
    { title: 'شمارهٔ پیگیری', kind: 'text' },
  ],
  rows: sortPersian(places, ({ familyName, givenName }) => `${familyName} ${givenName}`).map((place): Cell[] => [
    ...[place.familyName, place.givenName, place.fatherName, place.nationalId],
    ...[place.runNumber, place.standardTitle, place.instituteName, place.enrolledOn, askedAt, trace],
  ]),
});
