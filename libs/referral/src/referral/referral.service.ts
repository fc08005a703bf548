import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { maskNationalId, nationalId, personName } from '@app/persian';
import {
  BadInput,
  Clock,
  conditions,
  cursorKey,
  Database,
  type FieldMistake,
  newId,
  type Page,
  type PageArgs,
  pageOf,
  Refused,
  type Tx,
} from '@app/platform';
import { AssociationBranch } from '../branch/branch.entity.js';
import { SponsorshipProgress } from '../sponsorship/sponsorship-progress.service.js';
import { Vault } from '../vault.js';
import { Referral } from './referral.entity.js';
import { PersonReferred, ReferralOpened, ReferralsRead } from './referral.events.js';
import type { ReferPersonInput, ReferralDetail, ReferralItem, ReferralSeat } from './referral.graphql.js';
import { type BranchActor, referralsOf } from './referral.policy.js';
import { type Known, ReferralRefusal } from './referral.rules.js';
import { inOwnTrail } from './trail.service.js';

/** Where the sealed text of a referral opens. */
export const placeOf = (referralId: string) => `referral.${referralId}`;

/** The people whom a branch sends to learn. Every look at them is on record, in the branch's own trail. */
@Injectable()
export class ReferralService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly progress: SponsorshipProgress,
  ) {}

  /**
   * Notes a person whom the branch sends. The answer is an id: nothing of the person is kept under the call's key.
   *
   * @throws BadInput the national ID or a name is none
   * @throws Refused  `ALREADY_REFERRED`; nothing is written
   */
  async refer(actor: BranchActor, input: ReferPersonInput): Promise<{ id: string }> {
    const known: Known = { ...read(input), referredOn: this.clock.today() };
    return this.db.write(actor, async (tx) => {
      const { branchId } = referralsOf(actor);
      const by = await inOwnTrail(tx, actor);
      // Held, so that of two who refer the same person the second finds the first, under whichever key of the vault.
      await tx.lock(AssociationBranch, { id: branchId });
      const vault = await this.vault.open(tx);
      const indexes = vault.personIndexes(branchId, known.nationalId);
      if (await tx.repo(Referral).existsBy({ branchId, personIndex: In(indexes) }))
        throw new Refused(ReferralRefusal.ALREADY_REFERRED);
      const [personIndex] = indexes;
      const id = newId();
      const sealed = vault.seal(known, placeOf(id));
      await tx.insert(Referral, { id, branchId, personIndex, sealed, touchedOn: this.clock.today() });
      tx.emit(PersonReferred, { referralId: id }, by);
      return { id };
    });
  }

  /** The people of the own branch, the newest first. */
  list(actor: BranchActor, { first, after }: PageArgs): Promise<Page<ReferralItem>> {
    const [before] = cursorKey(after, 1) ?? [];
    const own = conditions('r', referralsOf(actor));
    return this.db.write(actor, async (tx) => {
      const by = await inOwnTrail(tx, actor);
      const rows = await tx.query<Pick<Referral, 'id' | 'sealed'>>(
        `SELECT r.id, r.sealed FROM referral r WHERE ${own.sql} ${before ? 'AND r.id < ?' : ''}
         ORDER BY r.id DESC LIMIT ?`,
        [...own.values, ...(before ? [before] : []), first + 1],
      );
      const page = pageOf(rows, first, ({ id }) => [id]);
      tx.emit(ReferralsRead, { referralIds: page.items.map(({ id }) => id) }, by);
      const told = await this.told(tx, page.items);
      return { ...page, items: told.map(({ id, known, seats }) => item(id, known, seats)) };
    });
  }

  /**
   * All that is known of one person.
   *
   * @throws NotFound no such referral, or another branch's
   */
  get(actor: BranchActor, id: string): Promise<ReferralDetail> {
    return this.db.write(actor, async (tx) => {
      const by = await inOwnTrail(tx, actor);
      const row = await tx.get(Referral, { id, ...referralsOf(actor) });
      tx.emit(ReferralOpened, { referralId: id }, by);
      const [one] = await this.told(tx, [row]);
      const { known, seats } = one as Told;
      const { familyFile, familyTie, eligibilityReason } = known;
      return { ...item(id, known, seats), familyFile, familyTie, eligibilityReason };
    });
  }

  private async told(tx: Tx, rows: Pick<Referral, 'id' | 'sealed'>[]): Promise<Told[]> {
    const vault = await this.vault.open(tx);
    const people = rows.map(({ id, sealed }) => ({ id, known: vault.reveal<Known>(sealed, placeOf(id)) }));
    const seats = await this.progress.of(tx, vault, people);
    return people.map(({ id, known }) => ({ id, known, seats: seats.get(id) ?? [] }));
  }
}

interface Told {
  id: string;
  known: Known;
  seats: ReferralSeat[];
}

const item = (id: string, known: Known, seats: ReferralSeat[]): ReferralItem => ({
  id,
  givenName: known.givenName,
  familyName: known.familyName,
  maskedNationalId: maskNationalId(known.nationalId),
  referredOn: known.referredOn,
  seats,
});

/** @throws BadInput what was typed is no ID or no name: all mistakes at once */
function read({ nationalId: id, givenName, familyName, ...rest }: ReferPersonInput) {
  const mistakes: FieldMistake[] = [];
  const take = (field: string, reading: { ok: true; value: string } | { ok: false }, fa: string, en: string) => {
    if (reading.ok) return reading.value;
    mistakes.push({ field: `input.${field}`, messageFa: fa, messageEn: en });
    return '';
  };
  const known = {
    nationalId: take(
      'nationalId',
      nationalId(id),
      'کد ملی درست نیست؛ ده رقم آن را از روی کارت ملی بنویسید.',
      'This is no national ID: copy its ten digits from the card.',
    ),
    givenName: take(
      'givenName',
      personName(givenName),
      'نام را فقط با حرف و حداکثر ۸۰ نویسه بنویسید.',
      'Write the given name with letters only, at most 80.',
    ),
    familyName: take(
      'familyName',
      personName(familyName),
      'نام خانوادگی را فقط با حرف و حداکثر ۸۰ نویسه بنویسید.',
      'Write the family name with letters only, at most 80.',
    ),
    ...rest,
  };
  if (mistakes.length > 0) throw new BadInput(...mistakes);
  return known;
}
