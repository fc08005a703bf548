import { type Call, type Command, WrongUse } from './command.js';
import { createAdmin } from './commands/admin-create.js';
import { auditVerify } from './commands/audit-verify.js';
import { backupCommand } from './commands/backup.js';
import { doctorCommand } from './commands/doctor.js';
import { grantsCommand } from './commands/grants.js';
import { keysMaster } from './commands/keys-master.js';
import { keysRotate } from './commands/keys-rotate.js';
import { migrateCommand } from './commands/migrate.js';
import { restoreCommand } from './commands/restore.js';
import { retentionCommand } from './commands/retention.js';
import { schemaCommand } from './commands/schema.js';
import { seedCommand } from './commands/seed.js';

const help: Command = {
  usage: 'help',
  fa: 'این فهرست',
  en: 'this list',
  run: async ({ say }) => {
    say(helpText());
    return 0;
  },
};

const commands: Command[] = [
  help,
  migrateCommand,
  seedCommand,
  createAdmin,
  backupCommand,
  restoreCommand,
  doctorCommand,
  auditVerify,
  retentionCommand,
  keysRotate,
  keysMaster,
  grantsCommand,
  schemaCommand,
];

const helpText = (): string =>
  [
    'npm run cli -- …',
    '',
    ...commands.flatMap(({ usage, fa, en }) => [`  ${usage}`, `      ${fa}`, `      ${en}`]),
    '',
    'تنظیمات از متغیرهای محیط خوانده می‌شود: DATA_DIR، DATABASE_URL، KEY_FILE، BACKUP_PASSPHRASE و …',
    'Settings are read from the environment: DATA_DIR, DATABASE_URL, KEY_FILE, BACKUP_PASSPHRASE and others.',
  ].join('\n');

/** The words of a usage that are its name: those in small letters before anything else. */
const nameOf = ({ usage }: Command): string[] => usage.split(' ').filter((word) => /^[a-z]+$/.test(word));

/**
 * Runs the command that the words name.
 *
 * @returns the exit code: 2 for a command that is unknown or typed wrongly
 */
export async function run(
  argv: string[],
  env: NodeJS.ProcessEnv,
  say: Call['say'] = (text) => process.stdout.write(`${text}\n`),
): Promise<number> {
  const typed = argv.length === 0 || argv[0] === '--help' || argv[0] === '-h' ? ['help'] : argv;
  const command = commands.find((one) => nameOf(one).every((word, i) => typed[i] === word));
  if (!command) {
    say(`«${argv.join(' ')}» شناخته نیست. | Unknown command: ${argv.join(' ')}\n\n${helpText()}`);
    return 2;
  }
  try {
    return await command.run({ args: typed.slice(nameOf(command).length), env, say });
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    say(`درست آن: | It is typed so:  npm run cli -- ${command.usage}\n\n${helpText()}`);
    return 2;
  }
}
