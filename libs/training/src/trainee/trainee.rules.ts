import { maskName, maskNationalId } from '@app/persian';

interface Shown {
  maskedNationalId: string;
  maskedFatherName: string | null;
}

/** P1: what a list shows of a person besides the name: enough to tell two of one name apart, too little to misuse. */
export const masked = (person: { nationalId: string; fatherName: string | null }): Shown => ({
  maskedNationalId: maskNationalId(person.nationalId),
  maskedFatherName: person.fatherName && maskName(person.fatherName),
});
