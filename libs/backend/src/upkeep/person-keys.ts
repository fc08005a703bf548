import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { asInstant, type Database, type Keys, newId, SYSTEM } from '@app/platform';
import { isByDay, type PersonPart, personParts, subjectOf } from './person-parts.js';
import type { Query, RawRow, Tables, TableShape } from './tables.js';

/*
 * A data key for each part of each person that a rule erases. It seals the part in archives, and stands in no archive
 * but in one file that every backup renews: who removes the key has erased the part in every archive there is.
 */

/** The table of the keys: in no archive. */
export const PERSON_KEYS = 'person_key';
/** Stands in a line of an archive beside the columns: what they are, by keys. No column has such a name. */
const SEALED = '(sealed)';
const NONCE = 12;
const TAG = 16;
const AT_ONCE = 500;

/** A row as it stands in an archive: `[id of the key, sealed columns]` for each part. */
export type Line = RawRow & { [SEALED]?: [keyId: string, sealed: string][] };
/** A key as its row has it: sealed itself. */
interface KeyRow {
  id: string;
  secret: string;
}
interface Wanted {
  subjectId: string;
  term: string;
}

const mark = ({ subjectId, term }: Wanted) => `${term} ${subjectId}`;

export function sealBy(secret: Buffer, plain: Buffer, place: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error the bytes were sealed by another key or for another place, or were changed */
export function openBy(secret: Buffer, sealed: Buffer, place: string): Buffer {
  const end = sealed.length - TAG;
  const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, NONCE))
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(end));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, end)), decipher.final()]);
}

/** Seals the rows of one backup, each part by its person's key, and draws the keys that are not there yet. */
export class PersonSeal {
  /** What the snapshot does not know of: keys of rows added in between, and of days. */
  private readonly late = new Map<string, KeyRow>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: Keys,
  ) {}

  /**
   * Draws a key for every part of a row that has none. To be done before the snapshot: a part without a key in the snapshot is
   * then younger than this or erased already, and no rule erases it behind the back of the key that it gets late.
   */
  async drawAll(tables: Tables): Promise<void> {
    for (const { name, columns } of await tables.shapes())
      for (const part of personParts[name] ?? []) {
        const { term, of } = part;
        if (isByDay(part) || !columns.some((column) => column.name === of)) continue;
        for (let after = '', more = true; more;) {
          const rows = (await tables.query(
            `SELECT id, ${of} AS subjectId FROM ${name} WHERE id > ? ORDER BY id LIMIT ${AT_ONCE}`,
            [after],
          )) as { id: string; subjectId: string }[];
          const wanted = rows.map(({ subjectId }) => ({ subjectId, term }));
          await this.of(tables.query, wanted);
          after = rows.at(-1)?.id ?? '';
          more = rows.length === AT_ONCE;
        }
      }
  }

  /** The lines of rows in an archive, and by which key the files are sealed that a row names. */
  async lines(source: Query, { name }: TableShape, rows: RawRow[]): Promise<{ line: Line; keyId: string | null }[]> {
    const parts = personParts[name] ?? [];
    const keys = await this.of(
      source,
      parts.flatMap((part) => rows.map((row) => wantedBy(part, row))),
      this.late,
    );
    return rows.map((row) => {
      const line: Line = { ...row };
      let keyId: string | null = null;
      for (const part of parts) {
        const key = keys.get(mark(wantedBy(part, row))) as KeyRow;
        const erased = part.erased(row, this.keys);
        const names = Object.keys(erased ?? row).filter((column) => column in row);
        const now = Object.fromEntries(names.map((column) => [column, row[column]]));
        for (const column of names)
          if (erased) line[column] = erased[column] ?? null;
          else delete line[column];
        line[SEALED] ??= [];
        const sealed = sealBy(opened(this.keys, key), Buffer.from(JSON.stringify(now)), name);
        line[SEALED].push([key.id, sealed.toString('base64')]);
        keyId = key.id;
      }
      return { line, keyId };
    });
  }

  /** The keys of the parts as the source has them; those that it has not are drawn and kept. */
  private async of(source: Query, all: Wanted[], late = new Map<string, KeyRow>()): Promise<Map<string, KeyRow>> {
    const wanted = new Map(all.map((one) => [mark(one), one]));
    const found = new Map([...late].filter(([name]) => wanted.has(name)));
    for (const ids of blocks([...new Set(all.map(({ subjectId }) => subjectId))])) {
      const rows = (await source(
        `SELECT id, subjectId, term, secret FROM ${PERSON_KEYS} WHERE subjectId IN (${marks(ids)})`,
        ids,
      )) as unknown as (Wanted & KeyRow)[];
      for (const row of rows) if (wanted.has(mark(row))) found.set(mark(row), row);
    }
    const missing = [...wanted].filter(([name]) => !found.has(name));
    for (const block of blocks(missing)) {
      const drawn = block.map(([name, { subjectId, term }]) => {
        const id = newId();
        const secret = this.keys.seal(randomBytes(32).toString('base64'), placeOf(id));
        found.set(name, { id, secret });
        late.set(name, { id, secret });
        return [id, subjectId, term, secret];
      });
      await this.dataSource.query(
        `INSERT INTO ${PERSON_KEYS} (id, subjectId, term, secret) VALUES ${drawn.map(() => '(?, ?, ?, ?)').join(', ')}`,
        drawn.flat(),
      );
    }
    return found;
  }
}

function* blocks<T>(all: T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += AT_ONCE) yield all.slice(from, from + AT_ONCE);
}
const marks = (values: unknown[]) => values.map(() => '?').join(', ');
const wantedBy = (part: PersonPart, row: RawRow): Wanted => ({ subjectId: subjectOf(part, row), term: part.term });
const placeOf = (id: string) => `${PERSON_KEYS}.secret.${id}`;
const opened = (keys: Keys, { id, secret }: KeyRow): Buffer =>
  Buffer.from(keys.open(secret, placeOf(id)).toString(), 'base64');

/**
 * Removes the keys of days of which nothing stands any more. One that a backup draws late for such a day goes the next
 * time.
 *
 * @returns how many there were
 */
export async function shredDays(db: Database, today: string): Promise<number> {
  let removed = 0;
  for (const [table, parts] of Object.entries(personParts))
    for (const { term, of } of parts.filter(isByDay)) {
      const [first] = await db.read((tx) => tx.query<{ oldest: unknown }>(`SELECT MIN(${of}) AS oldest FROM ${table}`));
      const from = first?.oldest ? asInstant(first.oldest).toISOString().slice(0, 10) : today;
      removed += await db.write(SYSTEM, (tx) =>
        tx.execute(`DELETE FROM ${PERSON_KEYS} WHERE term = ? AND subjectId < ?`, [term, from]),
      );
    }
  return removed;
}

/** The keys that there are of these. */
export async function secretsOf(source: Query, keys: Keys, all: string[]): Promise<Map<string, Buffer>> {
  const secrets = new Map<string, Buffer>();
  for (const ids of blocks([...new Set(all)])) {
    const rows = await source(`SELECT id, secret FROM ${PERSON_KEYS} WHERE id IN (${marks(ids)})`, ids);
    for (const row of rows as unknown as KeyRow[]) secrets.set(row.id, opened(keys, row));
  }
  return secrets;
}

/** The rows of an archive's lines: each part as it was when its key is still there, else as it stands when erased. */
export async function openLines(source: Query, keys: Keys, name: string, lines: Line[]) {
  const ids = lines.flatMap((line) => (line[SEALED] ?? []).map(([keyId]) => keyId));
  const secrets = ids.length > 0 ? await secretsOf(source, keys, ids) : new Map<string, Buffer>();
  let erased = 0;
  const rows = lines.flatMap((line) => {
    const { [SEALED]: sealed = [], ...row } = line;
    for (const [keyId, columns] of sealed) {
      const secret = secrets.get(keyId);
      if (!secret) erased++;
      else Object.assign(row, JSON.parse(openBy(secret, Buffer.from(columns, 'base64'), name).toString()));
    }
    // Of a row that goes nothing else is left.
    return Object.keys(row).length > 0 ? [row as RawRow] : [];
  });
  return { rows, erased };
}
