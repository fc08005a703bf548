import { fa, number, type Column } from '@app/documents/pure';
import { formatJalali, formatTime } from '@app/persian';
import {
  drawRunTable,
  LIST_NAMES,
  nameCells,
  nameColumns,
  nameWidths,
  people,
  persianCode,
  runForm,
  type RunPaperModel,
  type RunPaperPerson,
} from '../paper/run-form.document.js';

/** One sitting of one part of the exam. */
export interface ExamSittingModel {
  part: 'WRITTEN' | 'PRACTICAL';
  /** `YYYY-MM-DD`, Gregorian. */
  day: string;
  startMinute: number;
  place: string;
}

/** Candidates have the numbers 1, 2, 3 … in their order, on the list and on their cards. */
export interface ExamListModel extends RunPaperModel {
  sitting: ExamSittingModel;
  candidates: RunPaperPerson[];
}

export const PARTS: Record<ExamSittingModel['part'], string> = { WRITTEN: 'آزمون کتبی', PRACTICAL: 'آزمون عملی' };

/** The list for the door of the exam: who is awaited, with a place to sign. Pure; same model, same bytes. */
export async function drawExamList(model: ExamListModel): Promise<Uint8Array> {
  const { sitting } = model;
  const form = runForm(model, {
    issuers: [model.provincialOfficeName, model.officeName, 'واحد سنجش'],
    title: 'فهرست داوطلبان آزمون',
    subtitle: fa(PARTS[sitting.part]),
    orientation: 'portrait',
    facts: [
      [
        { label: 'دوره', value: fa(model.standardTitle), share: 0.62 },
        { label: 'کد استاندارد', value: persianCode(model.standardCode), share: 0.38 },
      ],
      [
        { label: 'آموزشگاه', value: fa(model.instituteName), share: 0.62 },
        { label: 'شمارهٔ دوره', value: persianCode(model.runNumber), share: 0.38 },
      ],
      [
        { label: 'تاریخ آزمون', value: fa(formatJalali(sitting.day, 'full')), share: 0.34 },
        { label: 'ساعت', value: number(formatTime(sitting.startMinute)), share: 0.14 },
        { label: 'محل', value: fa(sitting.place), share: 0.36 },
        { label: 'داوطلبان', value: people(model.candidates.length), share: 0.16 },
      ],
    ],
    legend: fa('غایب، مردود به شمار می‌آید و یک نوبت او مصرف می‌شود.'),
  });
  const end = drawRunTable(form, {
    columns: columnsOf(form.width),
    rowHeight: 21,
    rows: model.candidates.map((candidate, at) => ({
      cells: [...nameCells(at + 1, candidate, candidate.nationalIdMasked), { field: null }, { field: null }],
    })),
    totals: [],
  });
  form.signatures(end, [
    { label: 'آزمونگر', lines: ['نام', 'امضا'] },
    { label: 'ناظر آزمون', lines: ['نام', 'امضا'] },
    { label: 'شمارش', lines: ['حاضر', 'غایب'] },
    { label: 'مهر واحد سنجش', stamped: true },
  ]);
  return form.bytes();
}

function columnsOf(width: number): Column[] {
  const fixed = { ordinal: 30, nationalId: 64, sign: 84, remark: 58 };
  const room = width - fixed.ordinal - fixed.nationalId - fixed.sign - fixed.remark;
  return [
    ...nameColumns({ place: 'seat', title: fa('شماره') }, { ...fixed, ...nameWidths(room) }),
    { place: 'signature', title: fa('امضای داوطلب'), width: fixed.sign, style: LIST_NAMES },
    { place: 'remark', title: fa('ملاحظات'), width: fixed.remark, style: LIST_NAMES },
  ];
}
