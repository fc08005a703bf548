import { parseArgs } from 'node:util';
import { applyGrants, grantStatements } from '@app/backend';
import { type Command, WrongUse } from '../command.js';
import { withBackend } from '../with-backend.js';

export const grantsCommand: Command = {
  usage: 'grants APPLICATION_USER MIGRATION_USER [--apply]',
  fa: 'دستورهای GRANT دو کاربر MariaDB را چاپ می‌کند؛ با --apply و DATABASE_ADMIN_URL آنها را اجرا می‌کند. پس از هر migrate دوباره بزنید',
  en: 'prints the GRANT statements of both MariaDB users; --apply runs them by DATABASE_ADMIN_URL. Run it again after each migrate',
  async run(call) {
    const { positionals, apply } = typed(call.args);
    const [application, migration, ...rest] = positionals;
    const adminUrl = call.env.DATABASE_ADMIN_URL;
    if (!application || !migration || rest.length > 0 || (apply && !adminUrl)) throw new WrongUse();
    const statements = await withBackend(call, async ({ database, dataSource }) =>
      database.engine === 'mariadb' ? grantStatements(dataSource, { application, migration }) : null,
    );
    if (!statements) {
      call.say(
        'SQLite کاربر ندارد؛ تریگرها نگهبان رویدادها هستند.\nSQLite has no users; triggers guard the audit trail.',
      );
      return 0;
    }
    if (apply && adminUrl) await applyGrants(adminUrl, statements);
    call.say(statements.map((statement) => `${statement};`).join('\n'));
    return 0;
  },
};

function typed(args: string[]): { positionals: string[]; apply: boolean } {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { apply: { type: 'boolean' } },
    });
    return { positionals, apply: values.apply ?? false };
  } catch {
    throw new WrongUse();
  }
}
