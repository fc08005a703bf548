import { fa, line, number, type Field, type Style } from '@app/documents/pure';
import { formatJalali } from '@app/persian';
import { dayOf, persianCode, runForm, type RunPaperModel } from '../paper/run-form.document.js';

/** A letter of the office about a course run. */
export interface LetterModel extends RunPaperModel {
  kind: 'THANKS' | 'REFUSAL';
  /** The number of the registry, or null: written in by hand. */
  number: string | null;
  /** `YYYY-MM-DD`, Gregorian. */
  day: string;
  attachments: string | null;
  addressee: 'INSTITUTE' | 'TRAINER';
  /** What was asked for; of a refusal. */
  request: string;
  /** Why it was refused, in the words of the office. */
  reason: string;
  traineeCount: number;
}

/** A letter of thanks, or of refusal with the reason. Pure; same model, same bytes. */
export async function drawLetter(model: LetterModel): Promise<Uint8Array> {
  const thanks = model.kind === 'THANKS';
  const form = runForm(model, {
    issuers: [model.provincialOfficeName, model.officeName],
    title: thanks ? 'سپاس‌نامه' : 'پاسخ درخواست',
    orientation: 'portrait',
    facts: [],
    numbered: false,
    registry: { number: model.number, day: model.day, attachments: model.attachments ?? 'ندارد' },
  });
  const body: Style = { size: 12, floor: 9, lines: 30, leading: 2, wrap: 'early', colour: form.inks.text };
  const bold: Style = { ...body, face: 'bold', lines: 3 };
  let y = form.paragraph('addressee', addresseeOf(model), form.nextPage() + 22, bold);
  y = form.paragraph('subject', line`موضوع: ${fa(thanks ? 'سپاسگزاری' : model.request)}`, y, bold);
  y = form.paragraph('greeting', fa('با سلام و احترام،'), y + 10, body);
  const course = line`دورهٔ «${fa(model.standardTitle)}» به شمارهٔ ${persianCode(model.runNumber)}`;
  const sentences = thanks ? thanksOf(model, course) : refusalOf(model, course);
  for (const sentence of sentences) y = form.paragraph('letter', sentence, y + 4, body);
  const signer = { x: form.left, y: y + 34, width: 230, height: 36 };
  const style: Style = { face: 'bold', size: 11, floor: 7, lines: 2, align: 'centre', colour: form.inks.text };
  form.paper.text('signer', fa(`رئیس ${model.officeName}`), signer, style);
  form.paper.text(
    'signature',
    fa('مهر و امضا'),
    { ...signer, y: y + 70, height: 16 },
    { size: 8.5, align: 'centre', colour: form.inks.quiet },
  );
  return form.bytes();
}

function addresseeOf({ addressee, instituteName, trainerName }: LetterModel): Field {
  return addressee === 'TRAINER' ? line`مربی گرامی، ${fa(trainerName)}` : line`مدیر محترم ${fa(instituteName)}`;
}

function thanksOf(model: LetterModel, course: Field): Field[] {
  const dates = line`${fa(formatJalali(model.startsOn, 'long'))} تا ${fa(formatJalali(model.endsOn, 'long'))}`;
  const where = model.addressee === 'TRAINER' ? line`در ${fa(model.instituteName)} ` : fa('');
  return [
    line`${course} از ${dates} ${where}با شرکت ${number(model.traineeCount)} کارآموز برگزار شد. به پاس دلسوزی و همکاری شما در آموزش این کارآموزان، از شما سپاسگزاری می‌شود.`,
    fa('تندرستی و کامیابی شما را آرزومندیم.'),
  ];
}

function refusalOf(model: LetterModel, course: Field): Field[] {
  return [
    line`درخواست شما دربارهٔ ${course} (${dayOf(model.startsOn)} تا ${dayOf(model.endsOn)}) بررسی شد و با آن موافقت نشد. دلیل:`,
    fa(model.reason),
    fa('پس از رفع آنچه گفته شد، می‌توانید درخواست را دوباره بفرستید.'),
  ];
}
