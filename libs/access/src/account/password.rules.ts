import { storeForm, toAsciiDigits } from '@app/persian';
import type { FieldMistake } from '@app/platform';

const SHORTEST = 8;
const LONGEST = 128;

/**
 * A password in the one form it is hashed in, so that Persian letters and digits typed on a telephone, on Windows or on
 * Linux are the same password.
 */
export const passwordForm = (typed: string): string => toAsciiDigits(storeForm(typed));

/**
 * How many passwords are hashed at once. On every core but one, where there are more, which is left for all that is no
 * hash: side by side on one core they end no sooner, each pushes the other's memory from the cache, and who reads a page
 * waits. One of libuv's four threads is left for files and names.
 */
export const hashedAtOnce = (cores: number): number => Math.min(Math.max(cores - 1, 1), 3);

/** A6: why a password is not taken, or null. Length and well-known ones only: no rule about kinds of letters. */
export function refusePassword(typed: string, userName: string): FieldMistake | null {
  const password = passwordForm(typed);
  const letters = [...password];
  if (letters.length < SHORTEST)
    return mistake('گذرواژه باید دست‌کم ۸ نویسه باشد.', 'A password has at least 8 characters.');
  if (letters.length > LONGEST)
    return mistake('گذرواژه باید حداکثر ۱۲۸ نویسه باشد.', 'A password has at most 128 characters.');
  const folded = password.toLowerCase();
  if (folded.includes(userName) && letters.length < userName.length + SHORTEST)
    return mistake('گذرواژه نباید از نام کاربری ساخته شود.', 'A password is not made from the user name.');
  if (wellKnown.has(folded) || wellKnown.has(folded.replaceAll(' ', '')) || isPattern(letters))
    return mistake(
      'این گذرواژه از شناخته‌شده‌ترین گذرواژه‌هاست؛ گذرواژه‌ای دیگر برگزینید.',
      'This is one of the most common passwords: choose another.',
    );
  return null;
}

/** A7: why a user name is not taken, or null. It is in the form of `userNameForm`. */
export const refuseUserName = (userName: string): FieldMistake | null =>
  /^[a-z0-9][a-z0-9._-]{2,63}$/.test(userName)
    ? null
    : {
        field: 'userName',
        messageFa:
          'نام کاربری ۳ تا ۶۴ نویسه دارد: حروف انگلیسی، رقم، نقطه، خط تیره و زیرخط؛ با حرف یا رقم آغاز می‌شود.',
        messageEn:
          'A user name has 3 to 64 characters: English letters, digits, dot, hyphen, underscore; first a letter or digit.',
      };

/** A7: why a name is not taken, or null. It is in stored form, which has no unseen characters. */
export const refuseDisplayName = (displayName: string): FieldMistake | null =>
  displayName !== '' ? null : { field: 'displayName', messageFa: 'نام خود را بنویسید.', messageEn: 'Write your name.' };

const mistake = (messageFa: string, messageEn: string): FieldMistake => ({ field: 'password', messageFa, messageEn });

/** One or two letters repeated, or a run up or down: aaaaaaaa, 12121212, 23456789, 87654321, abcdefgh. */
function isPattern(letters: string[]): boolean {
  if (new Set(letters).size <= 2) return true;
  const codes = letters.map((letter) => letter.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, i) => code - (codes[i] ?? 0)));
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}

/**
 * The most used passwords of eight letters and more: those of the known public lists, what fingers do on an English and
 * on a Persian keyboard, the same words typed with the other layout switched on, and the words next to hand in Iran.
 */
const wellKnown = new Set(
  `
  password password1 password12 password123 password1234 password! passw0rd p@ssw0rd p@ssword pa$$word p4ssw0rd
  1234567890 0123456789 123123123 1234512345 12341234 12345678a 123456789a a12345678 a123456789 1q2w3e4r 1q2w3e4r5t
  1qaz2wsx 1qaz2wsx3edc zaq12wsx zaq1zaq1 qazwsxedc qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345
  asdfghjk asdfghjkl asdf1234 asdfasdf zxcvbnm1 zxcvbnm123 zxcvbnm, poiuytrewq lkjhgfdsa mnbvcxz1 147258369 159357258
  159753159 741852963 789456123 987654321 9876543210 963852741 102030405060 11223344 1122334455 112233445566 12121212
  13131313 69696969 87654321 99887766 11112222 11221122 00000000 0987654321 123454321 123456654321 123698745 147852369
  iloveyou iloveyou1 sunshine princess football baseball superman trustno1 starwars whatever computer internet welcome1
  welcome123 admin123 admin1234 admin12345 administrator adminadmin root1234 rootroot test1234 testtest guest123
  changeme changeme123 letmein1 letmein123 master123 secret123 default1 samsung1 google123 michael1 jennifer jordan23
  liverpool chelsea1 barcelona realmadrid ronaldo7 monkey123 dragon123 shadow123 killer123 hello123 abcd1234 abc12345
  abc123456 abcdefg1 aa123456 aa12345678 asd123456 qwe123456 qweasdzxc q1w2e3r4 q1w2e3r4t5 zxc123456 pass1234 pass12345
  user1234 useruser login123 access14 system123 manager1 operator office123 mypassword newpassword nopassword
  maharat1 maharat12 maharat123 maharat1234 maharatmaharat fanniherfei fannivaherfei fani1234 amoozesh amuzesh1
  iran1234 iran12345 iraniran iran1400 iran1401 iran1402 iran1403 iran1404 iran1405 tehran123 tehran1234 tehran021
  mashhad1 isfahan1 esfahan1 shiraz123 tabriz123 persepolis perspolis esteghlal esteghlal1 khodaya1 yazahra yazahra110
  yahossein yahosein yahussein yahossein110 yamahdi313 yaali110 yaaliyaali yaabalfazl abolfazl abolfazl1 mahdi313
  imamreza imamreza8 hossein1 hosein123 hossein123 mohammad mohammad1 mohamad1 mohammad12 mohammad123 mahdi123 mahdi1234
  ali12345 ali123456 reza1234 reza12345 amir1234 amir12345 amirhossein amirmohammad fateme123 fatemeh1 fatemeh123
  zahra123 zahra1234 maryam123 maryam1234 sara1234 hasan123 hassan123 mehdi123 mehdi1234 saeed123 hamid123 omid1234
  dokhtar1 pesaram1 asheghetam asheghtam dooset daram doostdaram salam123 salam1234 salamsalam khodahafez bismillah
  09120000000 09121111111 09123456789 02112345678
  حشسسصخقی حشسسصخقی1 حشسسصخقی123 ضصثقفغعه ضصثقفغعهخح ضصثقفغ123 شسیبلاتن شسیبلاتنم شسیبشسیب ظطزرذدپو 1ض2ص3ث4ق 1ضشظ2صسط
  شیئهد123 شیئهد1234 صثمزخئث1 قثظش1234 هقشد1234 سشمشئ123
  گذرواژه گذرواژه1 گذرواژه123 رمزعبور رمزعبور1 رمزعبور123 رمزعبورمن سلامسلام سلام1234 سلام12345 ایران123 ایران1234
  ایرانایران تهران1234 تهران12345 استقلال استقلال1 پرسپولیس پرسپولیس1 یاحسین110 یاعلی110 یاعلی1234 یازهرا110
  یامهدی313 یاابالفضل ابوالفضل ابوالفضل1 بسمالله خدایاشکرت خدایامهربان دوستتدارم دوستت‌دارم عاشقتم123 محمد1234 محمدرضا
  محمدمهدی امیرحسین امیرمحمد علیرضا123 فاطمه1234 فاطمه123 زهرا1234 مریم1234 حسین1234 مهدی1234 رضا12345 علی12345
  مهارت123 مهارت1234 فنیوحرفهای فنی‌وحرفه‌ای آموزش123 آموزشگاه اموزشگاه کارآموز کارآموز1 مدیر1234 مدیرسیستم
  `
    .split(/\s+/)
    .filter(Boolean),
);
