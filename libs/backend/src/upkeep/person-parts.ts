import { withoutNames } from '@app/certification';
import { DocumentState } from '@app/documents';
import type { Keys } from '@app/platform';
import { RetentionSubject } from '@app/training';
import type { RawRow } from './tables.js';

/** What of a row is erased by one rule, and whose it is. */
export interface PersonPart {
  /** The rule that erases it, and the word under which `shred` removes its key. */
  term: RetentionSubject;
  /** The column with the id that `shred` is given. */
  of: string;
  /** The columns that change, as they stand when it is erased; null when the row goes. */
  erased(row: RawRow, keys: Keys): RawRow | null;
}

const { REFERRAL, CONTACT, PAPER, CERTIFICATE_NAME } = RetentionSubject;
const gone = () => null;

/**
 * Every table of which a rule erases something. In an archive such a row stands as it will be when it is erased; what it
 * holds now is beside it, under a key of its own.
 */
export const personParts: Record<string, PersonPart[]> = {
  referral: [{ term: REFERRAL, of: 'id', erased: gone }],
  sponsorship: [{ term: REFERRAL, of: 'referralId', erased: gone }],
  trainee: [{ term: CONTACT, of: 'id', erased: () => ({ mobile: null, mobileIndex: null }) }],
  mobile_change: [{ term: CONTACT, of: 'traineeId', erased: gone }],
  paper_order: [{ term: PAPER, of: 'id', erased: gone }],
  // The file that the row names is sealed under the same key.
  stored_document: [{ term: PAPER, of: 'id', erased: () => ({ state: DocumentState.ERASED }) }],
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
