const persianZero = 0x06f0;
const arabicZero = 0x0660;

/** ASCII and Arabic-Indic digits become Persian digits; everything else stays. */
export function toPersianDigits(text: string | number): string {
  return String(text).replace(/[0-9٠-٩]/g, (digit) => String.fromCharCode(persianZero + digitValue(digit)));
}

/** Persian and Arabic-Indic digits become ASCII digits; everything else stays. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => String(digitValue(digit)));
}

function digitValue(digit: string): number {
  const code = digit.charCodeAt(0);
  if (code >= persianZero) return code - persianZero;
  if (code >= arabicZero) return code - arabicZero;
  return code - 0x30;
}
