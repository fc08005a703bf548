import { toAsciiDigits } from './digits.js';
import { storeForm } from './text.js';

/**
 * The Persian order, lowest first: what is in one string differs by a mark only and counts as one letter at first.
 * It is the order of CLDR for `fa`: alef with madda before alef, all seats of hamza after alef, waw before heh.
 */
const order = [
  ...' _-–—,،٫٬;؛:!?؟.…·',
  "'‘’",
  '"“”',
  ...'«»()[]{}@*٭/\\&#%٪`´^+<=>|~$0123456789',
  ...'آ',
  'اٱ',
  'ءأٲإٳؤئ',
  ...'ٮبٻپڀتثٹٺټٽٿجڃڄچڿڇحخځڂڅدذڈډڊڋڌڍڎڏڐۮرزڑڒړڔڕږڗژڙۯسشښڛڜۺصضڝڞۻطظڟعغڠۼفڡڢڣڤڥڦٯقڧڨ',
  'کڪګڬڭڮ',
  ...'گڰڱڲڳڴلڵڶڷڸمنںڻڼڽڹۿ',
  ...'وۄۅۆۇۈۉۊۋۏ',
  'هەہۂةۃۀھ',
  'یےۓېۑۍێ',
  ...'abcdefghijklmnopqrstuvwxyz',
];

/** Marks over and under letters, in their order; other marks come after these by code point. */
const markOrder =
  '\u064E\u0650\u064F\u064B\u064D\u064C\u0651\u0652\u0653\u0654\u0655\u065F\u0656\u0657\u0658\u0659\u065A\u065B\u065C\u065D\u065E\u0670';
const unordered = /[\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED]|\p{C}/u;

/** Every character of a key lies above the space, because MariaDB pads the shorter string with spaces to compare. */
const levelBreak = '!';
const common = '0';
const firstLetterKey = 0x100;
const otherLetter = '\u02FF';
const firstMarkKey = 'A'.charCodeAt(0);
const hamzaYeh = 'ی\u0654';

interface Weight {
  letter: string;
  variant: string;
  form: string;
}

const weights = new Map<string, Weight>();
order.forEach((letters, rank) => {
  [...letters].forEach((letter, i) => {
    weights.set(letter, { letter: String.fromCharCode(firstLetterKey + rank), variant: String(i), form: common });
  });
});
for (const small of 'abcdefghijklmnopqrstuvwxyz') {
  weights.set(small.toUpperCase(), { ...weights.get(small)!, form: '1' });
}
weights.set(hamzaYeh, weights.get('ئ')!);
weights.set('ئ', { ...weights.get('ئ')!, form: '1' });

/**
 * A plain string that sorts by code units, or by bytes in a database, as people look names up in Persian.
 * It lasts: the order is written here and does not move with the ICU of a machine. Half-spaces and invisible marks
 * do not count, so texts that differ by them alone have the same key. Length: at most four times the text's, plus two.
 */
export function sortKey(text: string): string {
  const levels = { letters: '', variants: '', forms: '' };
  for (const [part] of toAsciiDigits(storeForm(text)).matchAll(/ی\u0654|./gsu)) {
    const known = weights.get(part);
    if (known) addWeight(levels, known);
    else for (const piece of withoutAccents(part)) addWeight(levels, weightOf(piece));
  }
  const key = [levels.letters, withoutEnd(levels.variants), withoutEnd(levels.forms)].join(levelBreak);
  return key.replace(/!+$/, '');
}

/** Compares two texts in Persian order, as `Array.sort` wants it. For long lists use `sortPersian`. */
export function collate(a: string, b: string): number {
  return compareKeys(sortKey(a), sortKey(b));
}

/** A new array in Persian order of what `textOf` says of each item. */
export function sortPersian<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: sortKey(textOf(item)) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ item }) => item);
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function addWeight(levels: { letters: string; variants: string; forms: string }, weight: Weight): void {
  levels.letters += weight.letter;
  levels.variants += weight.variant;
  levels.forms += weight.form;
}

function weightOf(piece: string): Weight {
  if (unordered.test(piece)) return { letter: '', variant: '', form: '' };
  if (/\p{M}/u.test(piece)) {
    const position = markOrder.indexOf(piece);
    const variant = position < 0 ? piece : String.fromCharCode(firstMarkKey + position);
    return { letter: '', variant, form: common };
  }
  const known = weights.get(piece);
  if (known) return known;
  const small = piece.toLowerCase();
  return { letter: otherLetter + small, variant: common, form: small === piece ? common : '1' };
}

/** An accented Latin letter is its plain letter and a mark; letters of other scripts stay whole. */
function withoutAccents(letter: string): string {
  const pieces = letter.normalize('NFD');
  return /^[a-z]/i.test(pieces) ? pieces : letter;
}

function withoutEnd(level: string): string {
  return level.replace(/0+$/, '');
}
