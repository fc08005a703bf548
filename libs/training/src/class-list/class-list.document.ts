import { drawTable, fa, line, number, type Column, type Style } from '@app/documents/pure';
import {
  dayOf,
  hours,
  people,
  persianCode,
  runForm,
  timesOf,
  type RunPaperModel,
  type RunPaperPerson,
} from '../paper/run-form.document.js';

/** A line of the list. The office enters people by it, so it is the one paper with the whole national ID. */
export interface ClassListPerson extends Omit<RunPaperPerson, 'nationalIdMasked'> {
  nationalId: string;
  /** National form, `09…`; empty where none is known. */
  mobile: string;
}

export interface ClassListModel extends RunPaperModel {
  capacity: number;
  trainees: ClassListPerson[];
}

/** The class list the institute hands to the office, to be numbered, signed and stamped. Pure; same model, same bytes. */
export async function drawClassList(model: ClassListModel): Promise<Uint8Array> {
  const form = runForm(model, {
    issuers: [model.provincialOfficeName, model.officeName, model.instituteName],
    title: 'فهرست کلاس',
    orientation: 'portrait',
    facts: [
      [
        { label: 'آموزشگاه', value: fa(model.instituteName), share: 0.62 },
        { label: 'شمارهٔ پروانه', value: persianCode(model.licenceNumber), share: 0.38 },
      ],
      [
        { label: 'دوره', value: fa(model.standardTitle), share: 0.62 },
        { label: 'کد استاندارد', value: persianCode(model.standardCode), share: 0.38 },
      ],
      [
        { label: 'شمارهٔ دوره', value: persianCode(model.runNumber), share: 0.3 },
        { label: 'مربی', value: fa(model.trainerName), share: 0.32 },
        { label: 'کارگاه', value: fa(model.roomName), share: 0.38 },
      ],
      [
        { label: 'تاریخ', value: line`${dayOf(model.startsOn)} تا ${dayOf(model.endsOn)}`, share: 0.34 },
        { label: 'روز و ساعت', value: timesOf(model.sessions), share: 0.48 },
        { label: 'ساعت دوره', value: hours(model.plannedMinutes), share: 0.18 },
      ],
    ],
  });
  const end = drawTable(
    form.paper,
    {
      columns: columnsOf(form.width),
      headHeight: 22,
      headStyle: {
        face: 'bold',
        size: 8.5,
        floor: 6,
        align: 'centre',
        lines: 2,
        leading: 1.3,
        colour: form.inks.accent,
      },
      rowHeight: 18.5,
      rows: model.trainees.map((trainee, at) => ({
        cells: [
          { field: number(at + 1) },
          { field: fa(trainee.familyName) },
          { field: fa(trainee.givenName) },
          { field: fa(trainee.fatherName) },
          { field: number(trainee.nationalId) },
          { field: trainee.mobile ? persianCode(trainee.mobile) : null },
          { field: null },
        ],
      })),
      totals: [
        {
          fill: form.inks.fill,
          cells: [
            {
              field: line`جمع: ${people(model.trainees.length)} از ظرفیت ${people(model.capacity)}`,
              span: 7,
              bold: true,
            },
          ],
        },
      ],
      grid: form.inks.line,
      headFill: form.inks.fill,
    },
    { right: form.right, top: form.nextPage(), bottom: form.bottom, nextPage: () => form.nextPage() },
  );
  form.signatures(end, [
    { label: 'مهر و امضای مدیر آموزشگاه', stamped: true },
    { label: 'کارشناس آموزش', lines: ['نام', 'تاریخ'] },
    { label: 'مهر و امضای رئیس اداره', stamped: true },
  ]);
  return form.bytes();
}

function columnsOf(width: number): Column[] {
  const names: Style = { size: 9, floor: 7, lines: 2, leading: 1.35 };
  const figures: Style = { size: 9, floor: 7, align: 'centre' };
  const fixed = { row: 26, nationalId: 68, mobile: 72, remark: 66 };
  const room = width - fixed.row - fixed.nationalId - fixed.mobile - fixed.remark;
  return [
    { place: 'row', title: fa('ردیف'), width: fixed.row, style: figures },
    { place: 'family name', title: fa('نام خانوادگی'), width: room * 0.42, style: names },
    { place: 'given name', title: fa('نام'), width: room * 0.32, style: names },
    { place: "father's name", title: fa('نام پدر'), width: room * 0.26, style: names },
    { place: 'national ID', title: fa('کد ملی'), width: fixed.nationalId, style: figures },
    { place: 'mobile', title: fa('تلفن همراه'), width: fixed.mobile, style: figures },
    { place: 'remark', title: fa('ملاحظات'), width: fixed.remark, style: names },
  ];
}
