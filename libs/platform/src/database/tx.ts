import type {
  DataSource,
  EntityManager,
  EntityMetadata,
  FindOperator,
  FindOptionsWhere,
  ObjectLiteral,
  Repository,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { DomainEvent, EventIds, EventType, IdsOf } from '../events/event.js';
import { newId } from '../ids.js';
import type { Keys } from '../keys/keys.js';
import { NotFound } from '../refusal.js';
import { personalProperties } from './columns.js';
import { type Conditions, conditions, isRange } from './conditions.js';
import type { By } from './database.js';
import { type Dialect, dialectOf, isEmbedded } from './dialect.js';

type Entity<T> = new () => T;
type ReadOnly<T extends ObjectLiteral> = Pick<
  Repository<T>,
  'find' | 'findBy' | 'findOne' | 'findOneBy' | 'count' | 'countBy' | 'existsBy' | 'createQueryBuilder'
>;
type IsRelation<V> = V extends { id: string }
  ? true
  : V extends { id: string } | null
    ? V extends null
      ? false
      : true
    : false;
type ColumnKeys<T> = { [K in keyof T]: true extends IsRelation<T[K]> ? never : K }[keyof T];
/** Every column of a row. Relations are not columns. */
export type Row<T> = Pick<T, ColumnKeys<T>>;
/** Every column of a row but its id. */
export type Columns<T> = Omit<Row<T>, 'id'>;

/** A personal value that is sealed already, for the one place where it opens. */
export class Sealed {
  constructor(
    readonly text: string,
    readonly place: string,
  ) {}
}
/** Every column of a row, its personal ones sealed by `Reads.seal`. */
type SealedRow<T> = { [K in keyof Row<T>]: Row<T>[K] | Sealed };

/** A row bound to its place: what a sealed value is bound to. */
const place = (metadata: EntityMetadata, property: string, id: string) => `${metadata.tableName}.${property}.${id}`;

/** Columns and the value, or one of the values, that each must have. */
type Values<T> = { [K in keyof Row<T>]?: Row<T>[K] | readonly Row<T>[K][] };

/** A `where` of plain values and places in a tree, which asks for nothing else. */
type Plain = Record<string, string | number | boolean | FindOperator<string>>;

/** What is missing, null or an operator is left to TypeORM, which refuses what would match more than was meant. */
const isPlain = (where: object): where is Plain =>
  Object.values(where).every((value) => ['string', 'number', 'boolean'].includes(typeof value) || isRange(value)) &&
  Object.keys(where).length > 0;

/** How many rows one statement carries: SQLite takes at most 32,766 values. */
const ROWS_A_STATEMENT = 250;

/** Reading: the tables as a repository that cannot write, and hand-written SQL for the hot paths. */
export class Reads {
  readonly dialect: Dialect;

  constructor(
    protected readonly manager: EntityManager,
    protected readonly keys: Keys,
  ) {
    this.dialect = dialectOf(manager.dataSource);
  }

  repo<T extends ObjectLiteral>(entity: Entity<T>): ReadOnly<T> {
    return this.manager.getRepository(entity);
  }

  /** @throws NotFound no row, or none the caller may see */
  async get<T extends ObjectLiteral>(entity: Entity<T>, where: FindOptionsWhere<T>): Promise<T> {
    return found(
      isPlain(where) ? await this.first(entity, where) : await this.manager.getRepository(entity).findOneBy(where),
    );
  }

  /** Rows of a hand-written statement; `?` stands for a parameter on both engines. Instants: see `asInstant`. */
  async query<R>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return (await this.manager.query(
      sql,
      parameters.map((value) => this.parameter(value)),
    )) as R[];
  }

  /** Opens the personal columns of a row that a hand-written statement read; the others stay as they are. */
  reveal<T, R extends Partial<Record<keyof T, unknown>>>(entity: Entity<T>, id: string, row: R): R {
    return this.open(entity, id, { ...row }) as R;
  }

  /** Seals a value for a row that is to be added by `Tx.insertSealed`. */
  seal<T extends ObjectLiteral>(entity: Entity<T>, property: keyof T & string, id: string, plain: string): Sealed {
    const where = place(this.manager.dataSource.getMetadata(entity), property, id);
    return new Sealed(this.keys.seal(plain, where), where);
  }

  /**
   * The rows that have these values, in no order; a list means one of it. By hand: TypeORM takes five times as long to
   * put the same statement together.
   */
  find<T extends ObjectLiteral>(entity: Entity<T>, where: Values<T>): Promise<T[]> {
    return this.rows(entity, where as Conditions);
  }

  protected async first<T extends ObjectLiteral>(entity: Entity<T>, where: Plain, ending = ''): Promise<T | null> {
    return (await this.rows(entity, where, ` LIMIT 1${ending}`))[0] ?? null;
  }

  protected async rows<T extends ObjectLiteral>(entity: Entity<T>, where: Conditions, ending = ''): Promise<T[]> {
    const { dataSource } = this.manager;
    const { columns, tableName } = dataSource.getMetadata(entity);
    const names = columns.map((column) => dataSource.driver.escape(column.databaseName)).join(', ');
    const { sql, values } = conditions('r', where);
    const found = await this.query<Record<string, unknown>>(
      `SELECT ${names} FROM ${tableName} r WHERE ${sql}${ending}`,
      values,
    );
    return found.map((row) => {
      const read = new entity() as Record<string, unknown>;
      for (const column of columns)
        read[column.propertyName] = dataSource.driver.prepareHydratedValue(row[column.databaseName], column);
      return this.open(entity, row.id as string, read) as T;
    });
  }

  private open(entity: Entity<unknown>, id: string, row: Record<string, unknown>): Record<string, unknown> {
    const metadata = this.manager.dataSource.getMetadata(entity);
    for (const property of personalProperties(entity)) {
      const sealed = row[property];
      if (typeof sealed === 'string') row[property] = this.keys.open(sealed, place(metadata, property, id)).toString();
    }
    return row;
  }

  protected parameter(value: unknown): unknown {
    if (value === undefined) return null;
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (value instanceof Sealed) throw new Error(`Sealed for ${value.place}, which is no personal column of this row`);
    if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '');
    return value;
  }
}

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

/** Opens the personal columns of every entity that TypeORM loads. */
export class OpensPersonalColumns {
  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: Keys,
  ) {}

  afterLoad(row: Record<string, unknown>): void {
    const properties = personalProperties(row.constructor);
    if (properties.size === 0) return;
    const metadata = this.dataSource.getMetadata(row.constructor);
    for (const property of properties) {
      const sealed = row[property];
      if (typeof sealed !== 'string') continue;
      if (typeof row.id !== 'string') throw new Error(`${property} is personal: select the id with it`);
      row[property] = this.keys.open(sealed, place(metadata, property, row.id)).toString();
    }
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

function found<T>(row: T | null): T {
  if (!row) throw new NotFound();
  return row;
}
