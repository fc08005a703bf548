import {
  Column,
  type ColumnOptions,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Table,
  TableCheck,
  TableColumn,
  type TableColumnOptions,
  TableForeignKey,
  TableIndex,
  TableUnique,
  type QueryRunner,
} from 'typeorm';
import { isEmbedded } from './dialect.js';

/*
 * The only column types in use: each means the same on SQLite and on MariaDB/MySQL.
 * One list of words serves the entities (`@Text(100)`) and the migrations (`text(100)`), so the two cannot drift.
 */

interface Word {
  type: 'varchar' | 'text' | 'longtext' | 'int' | 'boolean' | 'datetime';
  length?: number;
  precision?: number;
}
interface Options {
  nullable?: boolean;
}

const ID_LENGTH = 36;
const DIGEST_LENGTH = 64;
const LONGEST_SEALED_VARCHAR = 500;

/** Room for a sealed text of `length` letters: three bytes a letter, nonce and tag, base 64, and the key's name before it. */
const sealedLength = (length: number) => Math.ceil(((length * 3 + 28) * 4) / 3) + 24;

const words = {
  id: (): Word => ({ type: 'varchar', length: ID_LENGTH }),
  text: (length: number): Word => ({ type: 'varchar', length }),
  longText: (): Word => ({ type: 'text' }),
  endlessText: (): Word => ({ type: 'longtext' }),
  count: (): Word => ({ type: 'int' }),
  flag: (): Word => ({ type: 'boolean' }),
  day: (): Word => ({ type: 'varchar', length: 10 }),
  instant: (): Word => ({ type: 'datetime', precision: 3 }),
  digest: (): Word => ({ type: 'varchar', length: DIGEST_LENGTH }),
  // A row has room for few long varchars; what is longer is never indexed and stands beside the row.
  personal: (length: number): Word =>
    length > LONGEST_SEALED_VARCHAR ? { type: 'text' } : { type: 'varchar', length: sealedLength(length) },
};

const column = ({ type, length, precision }: Word, options: Options & ColumnOptions = {}) =>
  Column({ type, ...(length && { length }), ...(precision && { precision }), ...options } as ColumnOptions);

/** The row's own id: UUIDv7, made by the application. */
export const Id = () => PrimaryColumn({ ...words.id() });
/** Another row's id that is part of this row's key. */
export const KeyRef = () => PrimaryColumn({ ...words.id() });
/** A short text that is part of the row's key. */
export const KeyText = (length: number) => PrimaryColumn({ ...words.text(length) });
/** A number that is part of the row's key. */
export const KeyCount = () => PrimaryColumn({ ...words.count() });
/** Another row's id. */
export const Ref = (options?: Options) => column(words.id(), options);
/** Text of at most `length` letters. */
export const Text = (length: number, options?: Options) => column(words.text(length), options);
/** Text of any length. Never searched. */
export const EndlessText = (options?: Options) => column(words.endlessText(), options);
/** One of an enum's values, stored as its text. */
export const Choice = (_values: Record<string, string>, options?: Options) => column(words.text(32), options);
/** A whole number: counts, minutes, hundredths of a mark. */
export const Count = (options?: Options) => column(words.count(), options);
/** Yes or no. */
export const Flag = () => column(words.flag());
/** A day: `YYYY-MM-DD`, Gregorian, in Iran. */
export const Day = (options?: Options) => column(words.day(), options);
/** An instant: UTC with milliseconds. */
export const Instant = (options?: Options) => column(words.instant(), options);
/** A SHA-256 or HMAC-SHA-256 in hexadecimal. */
export const Digest = (options?: Options) => column(words.digest(), options);
/** Of which personal property of the row a digest is made, and as which kind of value. */
interface Indexed {
  of: string;
  kind: string;
}
const indexed = new Map<object, Map<string, Indexed>>();

/**
 * The keyed digest of a personal value of the same row, for exact search without opening it. It outlives its key: it is
 * looked for by `Keys.blindIndexes`, made anew when the index key turns, and where it stands in a unique key it is made by
 * `Tx.indexing`. A digest that nothing in its row gives again is a `@Digest`, and says how it fares then.
 */
export const BlindIndex =
  (how: Indexed, options?: Options): PropertyDecorator =>
  (target, property) => {
    indexed.set(target.constructor, (indexed.get(target.constructor) ?? new Map()).set(String(property), how));
    column(words.digest(), options)(target, property);
  };

export const blindIndexes = (entity: object): ReadonlyMap<string, Indexed> => indexed.get(entity) ?? new Map();
/** An object that is read and written whole, as JSON text. */
export const Json = (options?: Options) =>
  column(words.longText(), {
    ...options,
    transformer: {
      to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
      from: (text: string | null) => (text === null ? null : (JSON.parse(text) as unknown)),
    },
  });

/** The properties of each entity that are sealed at rest, by class. */
const personal = new Map<object, Set<string>>();

/** How far a value may go. Declared beside each column that is personal, and beside each field of the API. */
export enum FieldClass {
  PUBLIC = 'PUBLIC',
  INTERNAL = 'INTERNAL',
  PERSONAL = 'PERSONAL',
  SECRET = 'SECRET',
}

/** The property names that are personal or secret anywhere: what logs must not show. */
const hiddenNames = new Map<string, FieldClass>();

/** Notes a name that logs must mask. A name that is secret anywhere is told as secret. */
export function classifyName(name: string, fieldClass: FieldClass): void {
  if (fieldClass === FieldClass.SECRET || (fieldClass === FieldClass.PERSONAL && !hiddenNames.has(name)))
    hiddenNames.set(name, fieldClass);
}

/** The class by which a name is masked in logs, or undefined. */
export const hiddenClass = (name: string): FieldClass | undefined => hiddenNames.get(name);

/** Personal text of at most `length` letters: sealed at rest (AES-256-GCM, bound to table, column and row), masked in logs. */
export const Personal =
  (length: number, options?: Options): PropertyDecorator =>
  (target, property) => {
    const own = personal.get(target.constructor) ?? new Set<string>();
    own.add(String(property));
    personal.set(target.constructor, own);
    classifyName(String(property), FieldClass.PERSONAL);
    column(words.personal(length), options)(target, property);
  };

export const personalProperties = (entity: object): ReadonlySet<string> => personal.get(entity) ?? new Set();

/**
 * A relation upwards, from the child to the parent it cannot be without. The id column stands beside it by `@Ref`.
 * Deleting or renumbering a parent is refused by the database on both engines.
 */
export const BelongsTo = (entity: () => new () => object, idProperty: string, options: Options = {}) => {
  const relation = ManyToOne(entity, {
    nullable: options.nullable ?? false,
    onDelete: 'RESTRICT',
    onUpdate: 'RESTRICT',
  });
  const join = JoinColumn({ name: idProperty });
  return (target: object, property: string) => {
    relation(target, property);
    join(target, property);
  };
};

/** A column of a migration. */
type ColumnWord = Word & { nullable?: boolean; primary?: boolean; references?: string };

export const id = (): ColumnWord => ({ ...words.id(), primary: true });
/** A reference with a foreign key to `table.id`; without a table, a reference that the database does not check. */
export const ref = (table?: string): ColumnWord => ({ ...words.id(), ...(table && { references: table }) });
export const text = (length: number): ColumnWord => words.text(length);
export const longText = (): ColumnWord => words.longText();
export const endlessText = (): ColumnWord => words.endlessText();
export const choice = (): ColumnWord => words.text(32);
export const count = (): ColumnWord => words.count();
export const flag = (): ColumnWord => words.flag();
export const day = (): ColumnWord => words.day();
export const instant = (): ColumnWord => words.instant();
export const digest = (): ColumnWord => words.digest();
export const json = (): ColumnWord => words.longText();
export const personalText = (length: number): ColumnWord => words.personal(length);
export const optional = (word: ColumnWord): ColumnWord => ({ ...word, nullable: true });
export const key = (word: ColumnWord): ColumnWord => ({ ...word, primary: true });

/** TypeORM reads SQLite's whole numbers back as `integer`, MariaDB's as `int`, and a flag on MariaDB as `tinyint`. */
function columnType({ type }: Word, runner: QueryRunner): string {
  if (isEmbedded(runner.dataSource)) return type === 'int' ? 'integer' : type === 'longtext' ? 'text' : type;
  return type === 'boolean' ? 'tinyint' : type;
}

const tableColumn = (
  runner: QueryRunner,
  name: string,
  { references: _, length, ...word }: ColumnWord,
): TableColumnOptions => ({
  name,
  isNullable: word.nullable ?? false,
  isPrimary: word.primary ?? false,
  type: columnType(word, runner),
  ...(length && { length: String(length) }),
  ...(word.precision && { precision: word.precision }),
});

/** Gives a text column another word. SQLite's texts are of any length already. */
export async function changeText(runner: QueryRunner, table: string, name: string, word: ColumnWord): Promise<void> {
  if (isEmbedded(runner.dataSource)) return;
  await runner.query(`ALTER TABLE ${table} MODIFY ${name} ${word.type} ${word.nullable ? 'NULL' : 'NOT NULL'}`);
}

/**
 * Lets the tables that follow hold every letter and compare it as SQLite does, byte by byte, whatever the server's
 * administrator made the database with: under its own default, «ي» and «ی» or A and a may be one unique key.
 */
export async function textAsWritten(runner: QueryRunner): Promise<void> {
  if (!isEmbedded(runner.dataSource)) await runner.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
}

/**
 * One table of a migration: columns, by name the column lists that are unique or indexed, and by name the conditions
 * that every row keeps. The entity names the same conditions by TypeORM's `@Check`.
 */
interface TablePlan {
  columns: Record<string, ColumnWord>;
  unique?: Record<string, string[]>;
  index?: Record<string, string[]>;
  check?: Record<string, string>;
}

/** Makes a table the same way on every engine. Foreign keys are named and RESTRICT on delete and update. */
export async function createTable(
  runner: QueryRunner,
  name: string,
  { columns, unique = {}, index = {}, check = {} }: TablePlan,
) {
  const embedded = isEmbedded(runner.dataSource);
  const references = Object.entries(columns).filter(([, { references }]) => references);
  await runner.createTable(
    new Table({
      name,
      columns: Object.entries(columns).map(([columnName, word]) => tableColumn(runner, columnName, word)),
      uniques: Object.entries(unique).map(
        ([uniqueName, columnNames]) => new TableUnique({ name: uniqueName, columnNames }),
      ),
      indices: Object.entries(index).map(
        ([indexName, columnNames]) => new TableIndex({ name: indexName, columnNames }),
      ),
      foreignKeys: references.map(
        ([columnName, { references: parent }]) =>
          new TableForeignKey({
            name: runner.dataSource.namingStrategy.foreignKeyName(name, [columnName]),
            columnNames: [columnName],
            referencedTableName: parent as string,
            referencedColumnNames: ['id'],
            onDelete: 'RESTRICT',
            onUpdate: 'RESTRICT',
          }),
      ),
      // SQLite takes them only here, TypeORM leaves them out for MariaDB.
      checks: embedded
        ? Object.entries(check).map(([checkName, expression]) => new TableCheck({ name: checkName, expression }))
        : [],
      engine: 'InnoDB',
    }),
  );
  if (embedded) return;
  for (const [checkName, expression] of Object.entries(check))
    await runner.query(`ALTER TABLE ${name} ADD CONSTRAINT ${checkName} CHECK (${expression})`);
}

/**
 * Adds a column to a table that may hold rows. A column that every row has is filled by an expression over the row,
 * which both engines understand.
 */
export async function addColumn(runner: QueryRunner, table: string, name: string, word: ColumnWord, filledBy?: string) {
  const column = new TableColumn(tableColumn(runner, name, word));
  if (filledBy === undefined) return runner.addColumn(table, column);
  const empty = column.clone();
  empty.isNullable = true;
  await runner.addColumn(table, empty);
  await runner.query(`UPDATE ${table} SET ${name} = ${filledBy}`);
  await runner.changeColumn(table, empty, column);
}

/**
 * Lets the database itself refuse to change or remove rows of a table: whoever writes past the product is refused too.
 * A migration that makes the table anew must say it again. On a server that grants no triggers the grants alone do it.
 */
export async function onlyInserted(runner: QueryRunner, table: string): Promise<void> {
  const embedded = isEmbedded(runner.dataSource);
  for (const verb of ['UPDATE', 'DELETE']) {
    const said = `${table} is only ever inserted`;
    const refuse = embedded
      ? `BEGIN SELECT RAISE(ABORT, '${said}'); END`
      : `SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${said}'`;
    await runner
      .query(`CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} FOR EACH ROW ${refuse}`)
      .catch((error: { code?: string }) => {
        if (!['ER_BINLOG_CREATE_ROUTINE_NEED_SUPER', 'ER_TABLEACCESS_DENIED_ERROR'].includes(error.code ?? ''))
          throw error;
      });
  }
}
