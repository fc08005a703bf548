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

/** A text is too long for its place even at the smallest size allowed there. Nothing is ever cut off instead. */
export class TextDoesNotFit extends PaperRefused {
  /** @param place the box by its name in the paper */
  constructor(readonly place: string) {
    super(
      `نوشتهٔ «${place}» در جای خود جا نمی‌شود. آن را کوتاه‌تر بنویسید.`,
      `The text for "${place}" does not fit its place. Write it shorter.`,
    );
  }
}

/** The face has no glyph for a character. A box in place of a letter would be worse than no paper. */
export class MissingGlyph extends PaperRefused {
  constructor(readonly codePoint: number) {
    const sign = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    super(
      `قلم این کاغذ برای نویسهٔ ${sign} شکلی ندارد. آن را با حرف‌های فارسی یا لاتین بنویسید.`,
      `The typeface has no glyph for ${sign}. Write it with Persian or Latin letters.`,
    );
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

/** There is more of something than a paper has pages for. */
export class TooManyForPaper extends PaperRefused {
  /** @param place what there is too much of, by its name in the paper */
  constructor(
    readonly place: string,
    readonly count: number,
    readonly most: number,
  ) {
    super(
      `«${place}» ${count} تاست و این کاغذ برای بیش از ${most} تا جا ندارد. بخشی از آن را چاپ کنید.`,
      `There are ${count} of "${place}", and this paper has room for ${most}. Print a part of them.`,
    );
  }
}
