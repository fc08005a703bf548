const below20 = 'صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده'.split(
  ' ',
);
const tens = 'بیست سی چهل پنجاه شصت هفتاد هشتاد نود'.split(' ');
const hundreds = 'صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد'.split(' ');
const scales: [size: number, word: string][] = [
  [1e9, 'میلیارد'],
  [1e6, 'میلیون'],
  [1e3, 'هزار'],
];

/** From here on Persian has rival words, so we write none. */
const tooLarge = 1e12;

export interface WordsOptions {
  /** «یکصد» instead of «صد», as on money papers. */
  official?: boolean;
}

/** True for a whole number that has words: 0 up to, but not with, 10^12. */
export function hasWords(n: number): boolean {
  return Number.isInteger(n) && n >= 0 && n < tooLarge;
}

/** A whole number in Persian words: 1405 is «یک هزار و چهارصد و پنج». Throws where `hasWords` is false. */
export function inWords(n: number, { official = false }: WordsOptions = {}): string {
  if (!hasWords(n)) throw new RangeError(`No words for ${n}`);
  if (n === 0) return below20[0]!;
  const parts: string[] = [];
  let rest = n;
  for (const [size, word] of scales) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${below1000(count, official)} ${word}`);
    rest %= size;
  }
  if (rest > 0) parts.push(below1000(rest, official));
  return parts.join(' و ');
}

/** The ordinal of a whole number: «دوم», «بیست و سوم», «سی اُم». */
export function ordinalInWords(n: number, options: WordsOptions = {}): string {
  const words = inWords(n, options);
  if (n === 0) return words;
  if (/(^| )سه$/.test(words)) return words.replace(/سه$/, 'سوم');
  return /(^| )سی$/.test(words) ? `${words} اُم` : `${words}م`;
}

/** A mark in hundredths as certificates spell it: 1875 is «هجده و هفتاد و پنج صدم». */
export function markInWords(hundredths: number): string {
  const whole = Math.floor(hundredths / 100);
  const rest = hundredths % 100;
  if (rest === 0) return inWords(whole);
  const fraction = `${inWords(rest)} صدم`;
  return whole === 0 ? fraction : `${inWords(whole)} و ${fraction}`;
}

function below1000(n: number, official: boolean): string {
  const parts: string[] = [];
  const hundred = Math.floor(n / 100);
  if (hundred > 0) parts.push(official && hundred === 1 ? 'یکصد' : hundreds[hundred - 1]!);
  const rest = n % 100;
  if (rest >= 20) {
    parts.push(tens[Math.floor(rest / 10) - 2]!);
    if (rest % 10 > 0) parts.push(below20[rest % 10]!);
  } else if (rest > 0) {
    parts.push(below20[rest]!);
  }
  return parts.join(' و ');
}
