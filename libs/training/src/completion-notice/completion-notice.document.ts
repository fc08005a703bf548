import { drawPhotoPlace, fa, type Form, inRow, line, number, PHOTO, type Style } from '@app/documents/pure';
import { formatJalali, formatMinutesAsHours, namesInARow } from '@app/persian';
import {
  dayOf,
  hours,
  persianCode,
  runForm,
  type RunPaperModel,
  type RunPaperPerson,
} from '../paper/run-form.document.js';

/** A trainee whose absence is within the limits of the run. */
export interface CompletedTrainee extends RunPaperPerson {
  presentMinutes: number;
  excusedMinutes: number;
  unexcusedMinutes: number;
}

export interface CompletionNoticesModel extends RunPaperModel {
  heldMinutes: number;
  trainees: CompletedTrainee[];
}

/**
 * The notices by which an institute says who has completed a course and sends them to the exam, one on a page in the
 * order of their names. They look like a letter of the institute and nothing like a certificate. Pure; same model, same
 * bytes.
 */
export async function drawCompletionNotices(model: CompletionNoticesModel): Promise<Uint8Array> {
  const form = runForm(model, {
    issuers: [model.instituteName],
    title: 'گواهی پایان دوره',
    subtitle: fa('و معرفی به آزمون'),
    orientation: 'portrait',
    facts: [],
    legend: fa('این برگ گواهینامهٔ مهارت نیست و تنها پایان دوره را در آموزشگاه گواهی می‌کند.'),
    numbered: false,
  });
  for (const [at, trainee] of model.trainees.entries()) inRow(at + 1, () => drawNotice(form, model, trainee));
  return form.bytes();
}

function drawNotice(form: Form, model: CompletionNoticesModel, trainee: CompletedTrainee): void {
  const top = form.nextPage([
    [
      { label: 'نام', value: fa(trainee.givenName), share: 0.5 },
      { label: 'نام خانوادگی', value: fa(trainee.familyName), share: 0.5 },
    ],
    [
      { label: 'نام پدر', value: fa(trainee.fatherName), share: 0.5 },
      { label: 'کد ملی', value: number(trainee.nationalIdMasked), share: 0.5 },
    ],
    [
      { label: 'دوره', value: fa(model.standardTitle), share: 0.62 },
      { label: 'کد استاندارد', value: persianCode(model.standardCode), share: 0.38 },
    ],
    [
      { label: 'شمارهٔ دوره', value: persianCode(model.runNumber), share: 0.28 },
      { label: 'تاریخ', value: line`${dayOf(model.startsOn)} تا ${dayOf(model.endsOn)}`, share: 0.34 },
      { label: 'شمارهٔ پروانه', value: persianCode(model.licenceNumber), share: 0.38 },
    ],
    [
      { label: 'ساعت دوره', value: hours(model.plannedMinutes), share: 0.2 },
      { label: 'برگزارشده', value: hours(model.heldMinutes), share: 0.2 },
      { label: 'حضور', value: hours(trainee.presentMinutes), share: 0.2 },
      { label: 'غیبت موجه', value: hours(trainee.excusedMinutes), share: 0.2 },
      { label: 'غیبت غیرموجه', value: hours(trainee.unexcusedMinutes), share: 0.2 },
    ],
  ]);
  const body: Style = { size: 12, floor: 9, lines: 8, leading: 2, wrap: 'early', colour: form.inks.text };
  const greeting = line`واحد سنجش ${fa(model.officeName)}`;
  let y = form.paragraph('addressee', greeting, top + 20, { ...body, face: 'bold', lines: 2 });
  y = form.paragraph('greeting', fa('با سلام و احترام،'), y + 4, body);
  const name = fa(namesInARow([trainee.givenName, trainee.familyName]));
  const notice = line`گواهی می‌شود ${name} دورهٔ «${fa(model.standardTitle)}» را به مدت ${number(formatMinutesAsHours(model.plannedMinutes))} از ${fa(formatJalali(model.startsOn, 'long'))} تا ${fa(formatJalali(model.endsOn, 'long'))} در این آموزشگاه به پایان رسانده و غیبت او در اندازهٔ مجاز بوده است. از این رو برای شرکت در آزمون معرفی می‌شود.`;
  y = form.paragraph('notice', notice, y, body);
  const photo = y + 24;
  drawPhotoPlace(form.paper, form.inks, form.left, photo);
  signed(form, photo);
}

/** The founder's institute signs beside the photograph, over whose edge its stamp goes. */
function signed(form: ReturnType<typeof runForm>, y: number): void {
  const { paper, inks, left, right } = form;
  const x = left + PHOTO.width + 14;
  paper.pdf
    .lineWidth(0.6)
    .rect(x, y, right - x, PHOTO.height)
    .stroke(inks.line);
  const label = { x: x + 6, y: y + 3, width: right - x - 12, height: 14 };
  paper.text('signature', fa('نام، مهر و امضای مدیر آموزشگاه'), label, { size: 9, colour: inks.quiet });
  const note = { ...label, y: y + PHOTO.height - 17 };
  paper.text('stamp', fa('مهر باید بخشی از عکس را نیز بپوشاند.'), note, { size: 7.5, colour: inks.quiet });
}
