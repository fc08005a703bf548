import type { EntityMetadata, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { DomainEvent, EventIds, EventType, IdsOf } from '../events/event.js';
import { newId } from '../ids.js';
import { personalProperties } from './columns.js';
import { type Conditions, conditions } from './conditions.js';
import type { By } from './database.js';
import { isEmbedded } from './dialect.js';
import { type Columns, type Entity, found, isPlain, Reads, type Row, type Values } from './reads.js';
import { place, Sealed } from './sealed.js';

/** Every column of a row, its personal ones sealed by `Reads.seal`. */
type SealedRow<T> = { [K in keyof Row<T>]: Row<T>[K] | Sealed };

/** How many rows one statement carries: SQLite takes at most 32,766 values. */
const ROWS_A_STATEMENT = 250;

/** Makes the digest of a normalised personal value. */
type Indexing = (kind: string, value: string) => string;

/** Ends a rehearsal. */
class Rehearsed extends Error {
  constructor(readonly result: unknown) {
    super();
  }
}

/** What a use case works with: the tables, inside one transaction, and the events it leaves behind. */
export class Tx extends Reads {
  readonly events: { event: string; ids: EventIds; by: By | undefined }[] = [];
  private readonly lastWords: (() => Promise<unknown>)[] = [];
  private index: Promise<Indexing> | undefined;

  /** Holds the row until the commit. */
  async lock<T extends ObjectLiteral>(entity: Entity<T>, where: FindOptionsWhere<T>): Promise<T> {
    if (isEmbedded(this.manager.dataSource)) return this.get(entity, where);
    if (isPlain(where)) return found(await this.first(entity, where, this.dialect.forUpdate));
    return found(await this.manager.getRepository(entity).findOne({ where, lock: { mode: 'pessimistic_write' } }));
  }

  /** The rows that have these values, held until the commit; one that is not there is not held. */
  findHeld<T extends ObjectLiteral>(entity: Entity<T>, where: Values<T>): Promise<T[]> {
    return this.rows(entity, where as Conditions, this.dialect.forUpdate);
  }

  /** Holds several rows of one table, always in the order of their ids, so that two units cannot wait for each other. */
  async lockAll<T extends ObjectLiteral & { id: string }>(entity: Entity<T>, ids: string[]): Promise<T[]> {
    const rows: T[] = [];
    for (const id of [...new Set(ids)].sort()) rows.push(await this.lock(entity, { id } as FindOptionsWhere<T>));
    return rows;
  }

  /**
   * How the digests are made that stand in a unique key: by the one index key that all processes write with now, which
   * does not turn before the commit. Asked before it is looked whether the value is known: what another unit has written
   * under the key before is seen from then on, and no more comes.
   */
  indexing(): Promise<Indexing> {
    return (this.index ??= this.holdIndex());
  }

  private async holdIndex(): Promise<Indexing> {
    const [held] = await this.query<{ indexKey: string }>(
      `SELECT indexKey FROM installation WHERE id = '1'${this.dialect.forShare}`,
    );
    return (kind, value) => this.keys.blindIndex(kind, value, held?.indexKey);
  }

  /** Adds a row; its id is made here unless it is given. */
  async insert<T extends ObjectLiteral>(entity: Entity<T>, columns: Columns<T> & { id?: string }): Promise<T> {
    const [row] = await this.insertAll(entity, [columns]);
    return row as T;
  }

  async insertAll<T extends ObjectLiteral>(entity: Entity<T>, all: (Columns<T> & { id?: string })[]): Promise<T[]> {
    const metadata = this.manager.dataSource.getMetadata(entity);
    const hasId = metadata.columns.some(({ propertyName }) => propertyName === 'id');
    const rows = all.map((columns) => Object.assign(new entity(), hasId && { id: newId() }, columns) as T);
    await this.put('INSERT', entity, rows);
    return rows;
  }

  /** Adds rows whose personal values were sealed before: nothing is sealed while the unit holds its locks. */
  async insertSealed<T extends ObjectLiteral>(entity: Entity<T>, all: SealedRow<T>[]): Promise<void> {
    await this.put('INSERT', entity, all);
  }

  /**
   * Adds the rows whose unique keys nobody has taken, and tells how many. A unit that is adding the same key makes this
   * one wait, so that of two only one adds it.
   */
  insertMissing<T extends ObjectLiteral>(entity: Entity<T>, all: (Columns<T> & { id: string })[]): Promise<number> {
    return this.put(this.dialect.insertIgnore, entity, all);
  }

  /** Changes columns of the rows that match. A personal column can only be changed on one row, by its id. */
  async update<T extends ObjectLiteral>(
    entity: Entity<T>,
    where: FindOptionsWhere<T>,
    columns: Partial<Columns<T>>,
  ): Promise<number> {
    const sealed = this.sealed(entity, columns, where as { id?: string });
    if (isPlain(where)) {
      const { driver } = this.manager.dataSource;
      const { tableName, columns: known } = this.manager.dataSource.getMetadata(entity);
      const changed = known.filter(({ propertyName }) => sealed[propertyName] !== undefined);
      const { sql, values } = conditions(tableName, where);
      return this.execute(
        `UPDATE ${tableName} SET ${changed.map((c) => `${driver.escape(c.databaseName)} = ?`).join(', ')} WHERE ${sql}`,
        [...changed.map((c) => driver.preparePersistentValue(sealed[c.propertyName], c) as unknown), ...values],
      );
    }
    const { affected } = await this.manager.update(entity, where, sealed as QueryDeepPartialEntity<T>);
    return affected ?? 0;
  }

  async remove<T extends ObjectLiteral>(entity: Entity<T>, where: FindOptionsWhere<T>): Promise<number> {
    return (await this.manager.delete(entity, where)).affected ?? 0;
  }

  /** Adds rows, or overwrites the columns of those that have the same key. */
  async upsert<T extends ObjectLiteral>(
    entity: Entity<T>,
    all: Columns<T>[],
    keyColumns: (keyof T & string)[],
  ): Promise<void> {
    const names = Object.keys(all[0] ?? {}).filter((name) => !(keyColumns as string[]).includes(name));
    const overwrite = names.map((name) => `${name} = ${this.dialect.incoming(name)}`);
    await this.put('INSERT', entity, all, this.dialect.onConflict(keyColumns, overwrite));
  }

  /** Adds rows by hand-written statements of many rows each, and tells how many were added. */
  private async put(verb: string, entity: Entity<unknown>, all: object[], ending = ''): Promise<number> {
    const { driver } = this.manager.dataSource;
    const { tableName, columns } = this.manager.dataSource.getMetadata(entity);
    const names = columns.map((column) => driver.escape(column.databaseName)).join(', ');
    const marks = `(${columns.map(() => '?').join(', ')})`;
    let added = 0;
    for (let from = 0; from < all.length; from += ROWS_A_STATEMENT) {
      const rows = all.slice(from, from + ROWS_A_STATEMENT).map((row) => this.sealed(entity, row, row));
      if (verb === this.dialect.insertIgnore) for (const row of rows) assertFits(columns, row);
      added += await this.execute(
        `${verb} INTO ${tableName} (${names}) VALUES ${rows.map(() => marks).join(', ')} ${ending}`,
        this.values(columns, rows),
      );
    }
    return added;
  }

  /** What stands for the marks of these rows. Only a transformer changes a value; the rest is done by `parameter`. */
  private values(columns: EntityMetadata['columns'], rows: Record<string, unknown>[]): unknown[] {
    const { driver } = this.manager.dataSource;
    const values: unknown[] = [];
    for (const row of rows)
      for (const column of columns) {
        const value = row[column.propertyName];
        values.push(column.transformer ? driver.preparePersistentValue(value, column) : value);
      }
    return values;
  }

  /** Runs a hand-written change and tells how many rows it matched. */
  async execute(sql: string, parameters: unknown[] = []): Promise<number> {
    const runner = this.manager.queryRunner;
    if (!runner) throw new Error('A change needs a unit of work');
    const result = await runner.query(
      sql,
      parameters.map((value) => this.parameter(value)),
      true,
    );
    return result.affected ?? 0;
  }

  /** Does a part of the unit whose failure undoes that part alone; what it has emitted until then is forgotten. */
  async attempt<R>(part: () => Promise<R>): Promise<R> {
    const [events, words] = [this.events.length, this.lastWords.length];
    await this.execute('SAVEPOINT part');
    try {
      const result = await part();
      await this.execute('RELEASE SAVEPOINT part');
      return result;
    } catch (error) {
      // After a deadlock the database has undone the whole unit and knows no such point.
      await this.execute('ROLLBACK TO SAVEPOINT part').catch(() => undefined);
      this.events.length = events;
      this.lastWords.length = words;
      throw error;
    }
  }

  /** Does a part of the unit and undoes it: tells what it would come to. @throws what would refuse it */
  async rehearse<R>(part: () => Promise<R>): Promise<R> {
    const done = await this.attempt(async () => {
      throw new Rehearsed(await part());
    }).catch((error: unknown) => {
      if (error instanceof Rehearsed) return error;
      throw error;
    });
    return done.result as R;
  }

  /**
   * Saved in `business_event` at commit: who, what, when; the jobs that follow are written with it. `by` is needed where
   * several callers share the unit.
   */
  emit<E extends DomainEvent>(event: EventType<E>, ids: IdsOf<E>, by?: By): void {
    this.events.push({ event: event.name, ids: ids as EventIds, by });
  }

  /**
   * Puts off to the end of the unit, after its events and its answer are written, what locks a row that many wait for.
   * It emits nothing; an error in it undoes the unit as any other does.
   */
  lastly(work: () => Promise<unknown>): void {
    this.lastWords.push(work);
  }

  /** Does what was put off. */
  async end(): Promise<void> {
    Object.freeze(this.events);
    for (const work of this.lastWords) await work();
  }

  private sealed<T>(entity: Entity<T>, columns: object, where: { id?: string }): Record<string, unknown> {
    const properties = personalProperties(entity);
    if (properties.size === 0) return columns as Record<string, unknown>;
    const metadata = this.manager.dataSource.getMetadata(entity);
    const sealed: Record<string, unknown> = { ...columns };
    for (const property of properties) {
      const given = sealed[property];
      if (typeof given !== 'string' && !(given instanceof Sealed)) continue;
      if (typeof where.id !== 'string') throw new Error(`${property} is personal: change it on one row, by its id`);
      const there = place(metadata, property, where.id);
      if (given instanceof Sealed && given.place !== there) throw new Error(`${property} was sealed for another place`);
      sealed[property] = given instanceof Sealed ? given.text : this.keys.seal(given, there);
    }
    return sealed;
  }
}

/** What ignores a taken key would on MariaDB also cut a text to its column, and a sealed one would never open again. */
function assertFits(columns: EntityMetadata['columns'], row: Record<string, unknown>): void {
  for (const { propertyName, length } of columns) {
    const value = row[propertyName];
    if (typeof value !== 'string' || !length || value.length <= Number(length)) continue;
    if ([...value].length > Number(length)) throw new Error(`${propertyName} is longer than its column`);
  }
}
