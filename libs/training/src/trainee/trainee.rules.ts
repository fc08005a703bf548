import { maskName, maskNationalId } from '@app/persian';

interface Shown {
  maskedNationalId: string;
  maskedFatherName: string | null;
}

/** Why the birth date of a person is not written: rule N6. */
export enum BirthDateRefusal {
  KNOWN_ALREADY = 'KNOWN_ALREADY', // it is what one signs in with: whoever could change it could come in as another
}

const OLDEST_YEARS = 120;

/** N6: whether anybody who is alive may have been born on that day. */
export const birthDayIn = (day: string, today: string): boolean =>
  day < today && Number(today.slice(0, 4)) - Number(day.slice(0, 4)) <= OLDEST_YEARS;

/** P1: what a list shows of a person besides the name: enough to tell two of one name apart, too little to misuse. */
export const masked = (person: { nationalId: string; fatherName: string | null }): Shown => ({
  maskedNationalId: maskNationalId(person.nationalId),
  maskedFatherName: person.fatherName && maskName(person.fatherName),
});
