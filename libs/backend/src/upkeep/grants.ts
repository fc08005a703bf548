import { DataSource } from 'typeorm';
import { BusinessEvent, type Database, isEmbedded } from '@app/platform';

/** Who works with the tables of a server, and who makes them. */
interface Users {
  /** Of the API, the worker and most of the command line. */
  application: string;
  /** Of `cli migrate` and `cli restore`. */
  migration: string;
}

/** The table in which TypeORM notes what has run. */
const HISTORY = 'migrations';
const WORK = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
const TABLES_ARE_MADE = ['CREATE', 'DROP', 'ALTER', 'INDEX', 'REFERENCES', 'TRIGGER'];

/** What the application does to a table: the audit trail is only ever added to, the history only read. */
const neededOn = (table: string, trail: string): string[] =>
  table === HISTORY ? ['SELECT'] : table === trail ? ['SELECT', 'INSERT'] : WORK;

/**
 * The statements that give both users of a MariaDB server exactly what they need, whatever they had. To be run again
 * after a migration: the application has no right to a table that was made since.
 */
export function grantStatements(dataSource: DataSource, users: Users): string[] {
  const schema = `\`${String(dataSource.driver.database)}\``;
  const trail = dataSource.getMetadata(BusinessEvent).tableName;
  const [application, migration] = [account(users.application), account(users.migration)];
  const tables = [...dataSource.entityMetadatas.map(({ tableName }) => tableName), HISTORY].sort();
  return [
    `REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${application}`,
    ...tables.map((table) => `GRANT ${neededOn(table, trail).join(', ')} ON ${schema}.\`${table}\` TO ${application}`),
    `REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${migration}`,
    `GRANT ${[...WORK, ...TABLES_ARE_MADE].join(', ')} ON ${schema}.* TO ${migration}`,
  ];
}

/** `maharat` or `maharat@10.0.0.%`; from any host without one. @throws Error a name that MariaDB would read otherwise */
function account(user: string): string {
  const [name = '', host = '%'] = user.split('@');
  if (!/^[\w.-]+$/.test(name) || !/^[\w.:%-]+$/.test(host)) throw new Error(`Not the name of a user: ${user}`);
  return `'${name}'@'${host}'`;
}

/** Runs the statements as the administrator of the server. */
export async function applyGrants(adminUrl: string, statements: string[]): Promise<void> {
  const admin = await new DataSource({ type: 'mariadb', url: adminUrl, poolSize: 1 }).initialize();
  try {
    for (const statement of statements) await admin.query(statement);
  } finally {
    await admin.destroy();
  }
}

/** What the user of this connection may do beyond what the application needs, in MariaDB's own words. */
export async function grantsTooWide({ dataSource }: Pick<Database, 'dataSource'>): Promise<string[]> {
  const trail = dataSource.getMetadata(BusinessEvent).tableName;
  return (await ownGrants(dataSource)).flatMap(({ privileges, on }) => {
    const table = /^`[^`]+`\.`([^`]+)`$/.exec(on)?.[1];
    const needed = table ? neededOn(table, trail) : [];
    const tooMuch = privileges.filter((privilege) => !needed.includes(privilege));
    return tooMuch.length > 0 ? [`${tooMuch.join(', ')} ON ${on}`] : [];
  });
}

/** Whether the user of this connection may make and change tables. */
export async function mayMakeTables(dataSource: DataSource): Promise<boolean> {
  if (isEmbedded(dataSource)) return true;
  const given = (await ownGrants(dataSource)).flatMap(({ privileges }) => privileges);
  return given.includes('ALL PRIVILEGES') || given.includes('CREATE');
}

async function ownGrants(dataSource: DataSource): Promise<{ privileges: string[]; on: string }[]> {
  const rows = await dataSource.query<Record<string, string>[]>('SHOW GRANTS');
  return rows.flatMap((row) => {
    const [, given = 'USAGE', on = ''] = /^GRANT (.+?) ON (.+?) TO /.exec(Object.values(row)[0] ?? '') ?? [];
    return given === 'USAGE' ? [] : [{ privileges: given.split(', '), on }];
  });
}
