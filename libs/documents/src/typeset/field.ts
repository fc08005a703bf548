import { ltrIsolate, rtlIsolate, storeForm, toPersianDigits } from '@app/persian';

/** A text ready to be set: cleaned, with the isolates its parts need, and the direction its place has. */
export interface Field {
  readonly text: string;
  readonly base: 'rtl' | 'ltr';
}

const PERSIAN_LETTER = /(?=\p{L})\p{Script=Arabic}/u;

/** Keeps the value together and in its own order, whatever stands beside it. */
const isolated = (text: string) => (PERSIAN_LETTER.test(text) ? rtlIsolate(text) : ltrIsolate(text));

/** Latin words, and those among them whose signs would jump to the other side in a Persian line: C++, C#, .NET, A+. */
const LATIN_WORDS = /[.\w][\w .+#&-]*[\w+#-]/g;
const LOOSE_SIGN = /[A-Za-z][+#-](?![\w])|(?<!\w)\.[A-Za-z]/;

/** Persian letters and digits with one blank between words: nothing to clean, nothing to isolate. */
const CLEAN = /^[ء-غف-نهوپچژکگی۰-۹،؛؟!.:«»]+(?: [ء-غف-نهوپچژکگی۰-۹،؛؟!.:«»]+)*$/;

/** Words of Persian: a name, a title. Arabic letters and digits become Persian ones. */
export const fa = (text: string): Field => ({
  text: CLEAN.test(text)
    ? text
    : storeForm(text)
        .replace(/[٠-٩]+/g, toPersianDigits)
        .replace(LATIN_WORDS, (words) => (LOOSE_SIGN.test(words) ? ltrIsolate(words) : words)),
  base: 'rtl',
});

/** A line of English. */
export const latin = (text: string): Field => ({ text: storeForm(text), base: 'ltr' });

/** A serial, standard code, phone number, address of the web: anything with signs inside, shown as it is typed. */
export const code = (text: string): Field => ({ text: isolated(text.trim()), base: 'rtl' });

/** A number in Persian digits, with its sign on the left: ۱٬۲۵۰ , -۵ , ۸۷٫۵. */
export const number = (value: string | number): Field => ({ text: isolated(toPersianDigits(value)), base: 'rtl' });

/** A date of either calendar, in words or figures. */
export const date = (text: string): Field => ({ text: isolated(text.trim()), base: 'rtl' });

/** A Persian sentence of ours with fields in it: line`نمرهٔ ${number(18)} از ${number(20)}`. */
export function line(words: TemplateStringsArray, ...fields: Field[]): Field {
  const inRtl = ({ base, text }: Field) => (base === 'ltr' ? ltrIsolate(text) : text);
  return { text: words.reduce((text, part, at) => text + inRtl(fields[at - 1]!) + part), base: 'rtl' };
}
