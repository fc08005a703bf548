import { readFileSync } from 'node:fs';
import fc from 'fast-check';

const columnOf = (path: string, column: string) => {
  const [head = '', ...rows] = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const at = head.split(',').indexOf(column);
  return rows.map((row) => row.split(',')[at]!);
};

const names = columnOf('persian/data/persian-names.csv', 'name');

/** The words that our papers really show, each once: names, the hard ones among them, counties, titles of standards. */
export function persianWords(): string[] {
  const { cases } = JSON.parse(
    readFileSync(new URL('../../../persian/data/vectors/names-hard-cases.json', import.meta.url), 'utf8'),
  ) as { cases: { given_store: string; family_store: string; acceptable: boolean }[] };
  const hard = cases.filter(({ acceptable }) => acceptable).map((row) => `${row.given_store} ${row.family_store}`);
  const titles = columnOf('training/data/training-standards.csv', 'title_fa');
  return [...new Set([...hard, ...names, ...columnOf('training/data/counties.csv', 'name_fa'), ...titles])];
}

const LRI = '\u2066';
const RLI = '\u2067';
const PDI = '\u2069';

const words = [
  ...names.filter((_, at) => at % 9 === 0),
  ...'دوره گواهینامه لا کلاس الله اللّٰه مؤسسه شیء خانهٔ مُحَمَّد کارگاهِ حتماً ســـاده می‌شود کتاب‌ها حرفه‌ای گچ‌کاری پژوهش ساعت'.split(
    ' ',
  ),
];
const latin = 'CNC PLC ISO AutoCAD ICDL Tehran a fi office Type AV C++ C# .NET A+ B-'.split(' ');
const figures =
  '۱۲۰ ۵ ۱۴۰۴/۰۸/۳۰ ۸:۳۰ ۱۸٫۷۵ ۱٬۲۵۰٬۰۰۰ ۸۵٪ ٪۲۰ -۵ +۹۸ ۱۲–۱۵ ۱۲-۱۵ ٣٤٥ ٣/٤ 7 9001:2015 2025-11-21 12–15 3.5 $20 ۱۰cm 3-axis'.split(
    ' ',
  );
const codes =
  '7223-20-051-1 FA-۱۴۰۴-۰۰۰۱۲۳ ۱۴۰۴/الف/۱۲۳ ۰۲۱-۶۶۵۶۹۹۰۰ info@example.ir https://verify.example.ir/c/AB12-9 7K3M-9QXT-4B'.split(
    ' ',
  );
const signs = '، ؛ ؟ . , : ! - – — / + × ÷ = % ٪ & * … « » ( ) [ ] { } < >'.split(' ');

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  { weight: 3, arbitrary: fc.constantFrom(...latin) },
  { weight: 4, arbitrary: fc.constantFrom(...figures) },
  { weight: 2, arbitrary: fc.constantFrom(...codes) },
  { weight: 2, arbitrary: fc.constantFrom(...signs) },
);
const pair = fc.constantFrom('()', '[]', '{}', '«»', '<>', '""', LRI + PDI, RLI + PDI);
const gap = fc.constantFrom(' ', ' ', ' ', ' ', '', '-', '/', '\u200c');
const phrase = fc
  .array(fc.tuple(word, gap), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.flat().join('').trim());
const enclosed = fc
  .tuple(pair, phrase, pair, phrase)
  .map(([[open, close], inner, [first, last], deepest]) => `${open}${inner} ${first}${deepest}${last}${close}`);
const text = fc.array(fc.oneof({ weight: 3, arbitrary: phrase }, { weight: 1, arbitrary: enclosed }), {
  minLength: 1,
  maxLength: 4,
});
const line = fc.record({
  text: text.map((parts) => parts.join(' ')),
  base: fc.constantFrom('rtl', 'rtl', 'rtl', 'ltr'),
});

/** Lines such as papers have, and worse ones: Persian, Latin, all digits, brackets, ranges, marks, codes, isolates. Always the same. */
export const mixedLines = (count: number): { text: string; base: 'rtl' | 'ltr' }[] =>
  fc.sample(line, { numRuns: count, seed: 3 }) as { text: string; base: 'rtl' | 'ltr' }[];
