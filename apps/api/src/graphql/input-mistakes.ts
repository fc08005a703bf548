import type { ValidationError } from 'class-validator';
import { BadInput, type FieldMistake } from '@app/platform';

/** What a constraint's failure is called in Persian; the limits stand in the English text, which class-validator writes. */
const PERSIAN: Record<string, string> = {
  isUuid: 'شناسه درست نیست',
  isString: 'باید متن باشد',
  isNotEmpty: 'نباید خالی باشد',
  minLength: 'کوتاه‌تر از اندازهٔ مجاز است',
  maxLength: 'بلندتر از اندازهٔ مجاز است',
  isLength: 'طول آن در اندازهٔ مجاز نیست',
  isInt: 'باید عدد درست (صحیح) باشد',
  min: 'کمتر از کمترین اندازهٔ مجاز است',
  max: 'بیشتر از بیشترین اندازهٔ مجاز است',
  isEnum: 'یکی از گزینه‌های مجاز نیست',
  isBoolean: 'باید بله یا خیر باشد',
  isArray: 'باید فهرست باشد',
  arrayMinSize: 'فهرست نباید خالی باشد',
  arrayMaxSize: 'فهرست بلندتر از اندازهٔ مجاز است',
  arrayUnique: 'در فهرست تکرار هست',
  matches: 'شکل آن درست نیست',
  whitelistValidation: 'چنین فیلدی پذیرفته نمی‌شود',
  isNationalId: 'کد ملی درست نیست؛ ده رقم با رقم کنترل درست بنویسید',
};

/** Every mistake of an input at once, each under the path of its field: `input.marks.3.status`. */
export function inputMistakes(errors: ValidationError[]): BadInput {
  const mistakes: FieldMistake[] = [];
  const collect = (error: ValidationError, above: string) => {
    const field = above ? `${above}.${error.property}` : error.property;
    for (const [constraint, messageEn] of Object.entries(error.constraints ?? {}))
      mistakes.push({ field, messageFa: PERSIAN[constraint] ?? 'درست نیست', messageEn });
    for (const child of error.children ?? []) collect(child, field);
  };
  for (const error of errors) collect(error, '');
  return new BadInput(...mistakes);
}
