import { withoutNames } from '@app/certification';
import { DocumentState } from '@app/documents';
import type { Keys } from '@app/platform';
import { RetentionSubject, withoutName } from '@app/training';
import type { RawRow } from './tables.js';

/** What of a row is erased at one time, and whose it is. */
export interface PersonPart {
  /** The rule that erases it, and the word under which its key is removed. */
  term: RetentionSubject | ShortLived;
  /** The column with the id that `shred` is given; of what lives for days only, with the instant it began. */
  of: string;
  /** The columns that change, as they stand when it is erased; null when the row goes. */
  erased(row: RawRow, keys: Keys): RawRow | null;
}

/** What the product removes some days after it was made, whosever it is: it has a key for each day. */
export enum ShortLived {
  MESSAGE = 'MESSAGE',
  ANSWER = 'ANSWER',
  UPLOAD = 'UPLOAD',
  PASSWORD = 'PASSWORD',
}

export const isByDay = ({ term }: PersonPart): boolean => term in ShortLived;

/** Whose key a part is under: a row's, or a day's. */
export const subjectOf = (part: PersonPart, row: RawRow): string =>
  isByDay(part) ? String(row[part.of]).slice(0, 10) : String(row[part.of]);

const { REFERRAL, CONTACT, PAPER, CERTIFICATE_NAME } = RetentionSubject;
const gone = () => null;

/**
 * Every table of which a rule erases something. In an archive such a row stands as it will be when it is erased; what it
 * holds now is beside it, under a key of its own.
 */
export const personParts: Record<string, PersonPart[]> = {
  referral: [{ term: REFERRAL, of: 'id', erased: gone }],
  sponsorship: [{ term: REFERRAL, of: 'referralId', erased: gone }],
  trainee: [
    { term: CONTACT, of: 'id', erased: () => ({ mobile: null, mobileIndex: null }) },
    {
      term: CERTIFICATE_NAME,
      of: 'id',
      erased({ id }, keys) {
        const { nationalIdIndex, ...personal } = withoutName();
        const sealed = Object.entries(personal).map(([column, value]) => [
          column,
          value === null ? null : keys.seal(value, `trainee.${column}.${String(id)}`),
        ]);
        return { ...(Object.fromEntries(sealed) as RawRow), nationalIdIndex };
      },
    },
  ],
  reveal: [{ term: CERTIFICATE_NAME, of: 'traineeId', erased: gone }],
  mobile_change: [{ term: CONTACT, of: 'traineeId', erased: gone }],
  paper_order: [{ term: PAPER, of: 'id', erased: gone }],
  // The file that a row names is sealed under the same key.
  stored_document: [{ term: PAPER, of: 'id', erased: () => ({ state: DocumentState.ERASED }) }],
  outgoing_message: [{ term: ShortLived.MESSAGE, of: 'createdAt', erased: gone }],
  idempotency_key: [{ term: ShortLived.ANSWER, of: 'createdAt', erased: gone }],
  one_time_password: [{ term: ShortLived.PASSWORD, of: 'createdAt', erased: gone }],
  upload: [{ term: ShortLived.UPLOAD, of: 'uploadedAt', erased: gone }],
  certificate: [
    {
      term: CERTIFICATE_NAME,
      of: 'id',
      erased({ id, printed }, keys) {
        const place = `certificate.printed.${String(id)}`;
        return { printed: keys.seal(withoutNames(keys.open(String(printed), place).toString()), place) };
      },
    },
  ],
};
