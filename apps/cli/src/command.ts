import { parseArgs } from 'node:util';
import { readSettings, type Settings } from '@app/platform';

/** What a command is run with. */
export interface Call {
  /** What stands behind the command's name. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** One or more lines for the person at the terminal. */
  say(text: string): void;
}

/** One thing the command line can do. */
export interface Command {
  /** As it is typed: the name in small letters, then what it needs. */
  usage: string;
  fa: string;
  en: string;
  /** @returns the exit code */
  run(call: Call): Promise<number>;
}

/** The command was typed wrongly: the help follows. */
export class WrongUse extends Error {}

/** The one file the command needs, and which of its switches are on. */
export function oneFile({ args }: Call): string {
  const [file, ...rest] = words(args).positionals;
  if (!file || rest.length > 0) throw new WrongUse();
  return file;
}

/** Which of these switches are on; anything else is wrong. */
export function switches<const Name extends string>(args: string[], names: readonly Name[] = []): Set<Name> {
  const { positionals, values } = words(args, names);
  if (positionals.length > 0) throw new WrongUse();
  return new Set(Object.keys(values) as Name[]);
}

function words(args: string[], names: readonly string[] = []) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries(names.map((name) => [name, { type: 'boolean' as const }])),
    });
  } catch {
    throw new WrongUse();
  }
}

/** The settings of the installation; its log tells only what is wrong, unless LOG_LEVEL says otherwise. */
export const settingsOf = ({ env }: Call): Settings => readSettings({ ...env, LOG_LEVEL: env.LOG_LEVEL || 'warn' });
