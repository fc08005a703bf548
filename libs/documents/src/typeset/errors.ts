/**
 * A paper cannot be drawn, and trying again gives the same: what it is to say does not go on it. The messages, Persian
 * and English, name the place and the mend. The text itself stays out of them: it may be a person's.
 */
export abstract class PaperRefused extends Error {
  constructor(
    readonly messageFa: string,
    readonly messageEn: string,
  ) {
    super(`${messageFa}\n${messageEn}`);
    this.name = new.target.name;
  }
}

const inDigits = (count: number) => count.toLocaleString('fa-IR', { useGrouping: false });

/** Where on a paper a text is to stand: the box or column by its name, and the row where there are many alike. */
interface Whereabouts {
  place: string;
  row?: number;
}

const inPersian = ({ place, row }: Whereabouts) => `«${place}»${row === undefined ? '' : ` در ردیف ${inDigits(row)}`}`;
const inEnglish = ({ place, row }: Whereabouts) => `"${place}"${row === undefined ? '' : ` of row ${row}`}`;

/** A text is too long for its place even at the smallest size allowed there. Nothing is ever cut off instead. */
export class TextDoesNotFit extends PaperRefused {
  /** @param place the box by its name in the paper */
  constructor(
    readonly place: string,
    readonly row?: number,
  ) {
    super(
      `نوشتهٔ ${inPersian({ place, row })} در جای خود جا نمی‌شود. آن را کوتاه‌تر بنویسید.`,
      `The text for ${inEnglish({ place, row })} does not fit its place. Write it shorter.`,
    );
  }
}

/** The face has no glyph for a character. A box in place of a letter would be worse than no paper. */
export class MissingGlyph extends PaperRefused {
  /** @param place the box by its name in the paper, once it is known */
  constructor(
    readonly codePoint: number,
    readonly place?: string,
    readonly row?: number,
  ) {
    const sign = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    const where = place === undefined ? undefined : { place, row };
    super(
      `قلم این کاغذ برای نویسهٔ ${sign}${where ? ` (${inPersian(where)})` : ''} شکلی ندارد. آن را با حرف‌های فارسی یا لاتین بنویسید.`,
      `The typeface has no glyph for ${sign}${where ? ` in ${inEnglish(where)}` : ''}. Write it with Persian or Latin letters.`,
    );
  }
}

/** The error with the place it came from, where it did not know it. */
export const inPlace = (place: string, error: unknown): unknown =>
  error instanceof MissingGlyph && error.place === undefined ? new MissingGlyph(error.codePoint, place) : error;

/**
 * Draws one of many people, and tells the number of the row where a text of it cannot be drawn: who has to mend it must
 * know whose it is, and the text itself may be a person's.
 */
export function inRow<T>(row: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TextDoesNotFit) throw new TextDoesNotFit(error.place, row);
    if (error instanceof MissingGlyph) throw new MissingGlyph(error.codePoint, error.place, row);
    throw error;
  }
}

/**
 * What is wrong with a picture: there is none, it is neither PNG nor JPEG, it is damaged, larger than a paper needs, or
 * of a kind that is not read (interlaced, or the four colours of print).
 */
export type PictureFault = 'MISSING' | 'NOT_A_PICTURE' | 'BROKEN' | 'TOO_LARGE' | 'UNSUPPORTED';

const FAULTS: Record<PictureFault, [fa: string, en: string]> = {
  MISSING: ['داده نشده است. آن را بارگذاری کنید.', 'is missing. Upload it.'],
  NOT_A_PICTURE: ['PNG یا JPEG نیست.', 'is neither PNG nor JPEG.'],
  BROKEN: ['خراب است. فایل سالم را بارگذاری کنید.', 'is damaged. Upload a sound file.'],
  TOO_LARGE: ['بزرگ است. حداکثر ۲ مگابایت و ۳۰۰۰ نقطه در هر سو.', 'is too large: at most 2 MB and 3000 pixels a side.'],
  UNSUPPORTED: [
    'از گونه‌ای است که خوانده نمی‌شود. آن را PNG ساده ذخیره کنید.',
    'is of a kind not read. Save it as a plain PNG.',
  ],
};

/** A picture that cannot stand on a paper. */
export class UnusablePicture extends PaperRefused {
  /** @param place the picture's box by its name in the paper */
  constructor(
    readonly place: string,
    readonly fault: PictureFault,
  ) {
    super(`تصویر «${place}» ${FAULTS[fault][0]}`, `The picture for "${place}" ${FAULTS[fault][1]}`);
  }
}

/** The file of a typeface is not there, or not as it was shipped. */
export class UnusableTypeface extends PaperRefused {
  /** @param file its name, without the folder */
  constructor(readonly file: string) {
    super(
      `پروندهٔ قلم ${file} نیست یا خراب است. آن را از بستهٔ نصب دوباره کپی کنید.`,
      `The font file ${file} is missing or damaged. Copy it again from the installation.`,
    );
  }
}

/** Of all that was to stand on a paper nothing is left: everybody has left the class, every form was written off. */
export class EmptyPaper extends PaperRefused {
  constructor() {
    super('چیزی برای چاپ روی این کاغذ نمانده است.', 'Nothing is left to be printed on this paper.');
  }
}

/** There is more of something than a paper has pages for. */
export class TooManyForPaper extends PaperRefused {
  /** @param place what there is too much of, by its name in the paper */
  constructor(
    readonly place: string,
    readonly count: number,
    readonly most: number,
  ) {
    super(
      `«${place}» ${inDigits(count)} تاست و این کاغذ برای بیش از ${inDigits(most)} تا جا ندارد. بخشی از آن را چاپ کنید.`,
      `There are ${count} of "${place}", and this paper has room for ${most}. Print a part of them.`,
    );
  }
}
