import { Injectable } from '@nestjs/common';
import { mobileIndex, mobileIndexes } from '@app/messaging';
import { Clock, conditions, Keys, newId, type Reads, type Tx } from '@app/platform';
import { Trainee } from './trainee.entity.js';

/** A person as they are written on a form or in a class list. The national ID has its ten digits. */
export interface Person {
  nationalId: string;
  givenName: string;
  familyName: string;
  fatherName: string | null;
  birthDay: string | null;
  mobile: string | null;
}

/** The people of the register: one row a person, found by the keyed digest of the national ID. */
@Injectable()
export class Trainees {
  constructor(
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /** The digests that a national ID may stand under. */
  indexesOf(nationalId: string): string[] {
    return this.keys.blindIndexes('nationalId', nationalId);
  }

  /** Those that a mobile number may stand under. */
  mobileIndexesOf(mobile: string): string[] {
    return mobileIndexes(this.keys, mobile);
  }

  /** The ids of those who are known already, by national ID; of one who was merged, the id that is kept. */
  async known(tx: Reads, nationalIds: readonly string[]): Promise<Map<string, string>> {
    const nationalIdOf = new Map(
      nationalIds.flatMap((nationalId) => this.indexesOf(nationalId).map((index) => [index, nationalId] as const)),
    );
    const asked = conditions('t', { nationalIdIndex: [...nationalIdOf.keys()] });
    const rows = await tx.query<Pick<Trainee, 'id' | 'nationalIdIndex'>>(
      `SELECT COALESCE(m.keptId, t.id) AS id, t.nationalIdIndex
         FROM trainee t LEFT JOIN merged_trainee m ON m.id = t.id WHERE ${asked.sql}`,
      asked.values,
    );
    return new Map(rows.map(({ id, nationalIdIndex }) => [nationalIdOf.get(nationalIdIndex) ?? '', id]));
  }

  /**
   * Registers those who are not known yet; the record of a known person stays as it is.
   *
   * @returns the ids of all of them, by national ID
   */
  async register(tx: Tx, people: readonly Person[]): Promise<Map<string, string>> {
    const known = await this.known(
      tx,
      people.map(({ nationalId }) => nationalId),
    );
    const strangers = people.filter(({ nationalId }) => !known.has(nationalId));
    return new Map([...known, ...(await this.add(tx, strangers))]);
  }

  /**
   * Registers people who were not known a moment ago; those whom another unit has registered since keep its record.
   *
   * @returns the ids of all of them, by national ID
   */
  async add(tx: Tx, people: readonly Person[]): Promise<Map<string, string>> {
    if (people.length === 0) return new Map();
    const index = await tx.indexing();
    const nationalIds = people.map(({ nationalId }) => nationalId);
    // Whom another unit has added under the index key before this one, no unique key tells of.
    const known = this.keys.indexIds.length > 1 ? await this.known(tx, nationalIds) : new Map<string, string>();
    const createdAt = this.clock.now();
    const strangers = people
      .filter(({ nationalId }) => !known.has(nationalId))
      .map((person) => ({
        ...{ ...person, id: newId(), createdAt, nationalIdIndex: index('nationalId', person.nationalId) },
        mobileIndex: person.mobile === null ? null : mobileIndex(this.keys, person.mobile),
      }))
      // In one order everywhere, so that two lists with the same people cannot wait for each other.
      .sort((a, b) => (a.nationalIdIndex < b.nationalIdIndex ? -1 : 1));
    if ((await tx.insertMissing(Trainee, strangers)) === strangers.length)
      return new Map([...known, ...strangers.map(({ nationalId, id }) => [nationalId, id] as const)]);
    return this.known(tx, nationalIds);
  }
}
