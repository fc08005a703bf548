import type { EntityManager, FindOperator, FindOptionsWhere, ObjectLiteral, Repository } from 'typeorm';
import type { Keys } from '../keys/keys.js';
import { NotFound } from '../refusal.js';
import { personalProperties } from './columns.js';
import { type Conditions, conditions, isRange } from './conditions.js';
import { type Dialect, dialectOf } from './dialect.js';
import { place, Sealed } from './sealed.js';

export type Entity<T> = new () => T;
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

/** Columns and the value, or one of the values, that each must have. */
export type Values<T> = { [K in keyof Row<T>]?: Row<T>[K] | readonly Row<T>[K][] };

/** A `where` of plain values and places in a tree, which asks for nothing else. */
type Plain = Record<string, string | number | boolean | FindOperator<string>>;

/** What is missing, null or an operator is left to TypeORM, which refuses what would match more than was meant. */
export const isPlain = (where: object): where is Plain =>
  Object.values(where).every((value) => ['string', 'number', 'boolean'].includes(typeof value) || isRange(value)) &&
  Object.keys(where).length > 0;

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

export function found<T>(row: T | null): T {
  if (!row) throw new NotFound();
  return row;
}
