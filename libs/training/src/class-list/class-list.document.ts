import { fa, line, type Column } from '@app/documents/pure';
import {
  dayOf,
  drawRunTable,
  hours,
  LIST_FIGURES,
  LIST_NAMES,
  nameCells,
  nameColumns,
  nameWidths,
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
  const summed = line`جمع: ${people(model.trainees.length)} از ظرفیت ${people(model.capacity)}`;
  const end = drawRunTable(form, {
    columns: columnsOf(form.width),
    rowHeight: 18.5,
    rows: model.trainees.map((trainee, at) => ({
      cells: [
        ...nameCells(at + 1, trainee, trainee.nationalId),
        { field: trainee.mobile ? persianCode(trainee.mobile) : null },
        { field: null },
      ],
    })),
    totals: [{ fill: form.inks.fill, cells: [{ field: summed, span: 7, bold: true }] }],
  });
  form.signatures(end, [
    { label: 'مهر و امضای مدیر آموزشگاه', stamped: true },
    { label: 'کارشناس آموزش', lines: ['نام', 'تاریخ'] },
    { label: 'مهر و امضای رئیس اداره', stamped: true },
  ]);
  return form.bytes();
}

function columnsOf(width: number): Column[] {
  const fixed = { ordinal: 26, nationalId: 68, mobile: 72, remark: 66 };
  const room = width - fixed.ordinal - fixed.nationalId - fixed.mobile - fixed.remark;
  return [
    ...nameColumns({ place: 'row', title: fa('ردیف') }, { ...fixed, ...nameWidths(room) }),
    { place: 'mobile', title: fa('تلفن همراه'), width: fixed.mobile, style: LIST_FIGURES },
    { place: 'remark', title: fa('ملاحظات'), width: fixed.remark, style: LIST_NAMES },
  ];
}
