import { sep } from 'node:path';
import { readMasterKey } from '../keys/master-key.js';
import type { Settings } from './settings.js';

/** Hosts whose traffic stays on this machine, as they stand in a URL. */
export const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What is wrong with settings that are well-formed each by itself: what one needs of another, and what production refuses. */
export function refusedTogether(settings: Settings): string[] {
  const mistakes: string[] = [];
  if (settings.production && settings.FAILPOINT) mistakes.push('FAILPOINT is for tests: production refuses it');
  if (settings.production && settings.DEMO) mistakes.push('DEMO=on is refused in production');
  if (settings.production && !settings.PUBLIC_URL?.startsWith('https://'))
    mistakes.push('PUBLIC_URL must be the https address people use');
  if (settings.production) mistakes.push(...withoutTls(settings), ...weakSecrets(settings), ...badMasterKey(settings));
  if (settings.MASTER_KEY && settings.MASTER_KEY_FILE)
    mistakes.push('MASTER_KEY_FILE is one too many: MASTER_KEY is set');
  if (settings.S3_BUCKET && !(settings.S3_ACCESS_KEY_ID && settings.S3_SECRET_ACCESS_KEY))
    mistakes.push('S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY');
  if (settings.OIDC_ISSUER && !(settings.OIDC_CLIENT_ID && settings.OIDC_CLIENT_SECRET))
    mistakes.push('OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET');
  if (settings.production && settings.OIDC_ISSUER?.startsWith('http:'))
    mistakes.push('OIDC_ISSUER must be an https address');
  if (settings.SMS_GATEWAY && !settings.SMS_API_KEY) mistakes.push('SMS_GATEWAY needs SMS_API_KEY');
  if (settings.SMTP_URL && !settings.MAIL_FROM) mistakes.push('SMTP_URL needs MAIL_FROM');
  return mistakes;
}

/** What stands in examples and in what others deliver, before digits and signs are put behind it. */
const WELL_KNOWN =
  /^(secret|password|passphrase|changeme|change-me|maharat|example|admin|minioadmin|root|test)+[\d!._-]*$/i;
const SHORTEST_SECRET = 12;

/** The secrets that anyone could guess. To a database on this machine its socket's owner is known, or nobody else is. */
function weakSecrets(settings: Settings): string[] {
  const { DATABASE_URL, METRICS_TOKEN, S3_SECRET_ACCESS_KEY, OIDC_CLIENT_SECRET, BACKUP_PASSPHRASE } = settings;
  const database = DATABASE_URL && URL.canParse(DATABASE_URL) ? new URL(DATABASE_URL) : undefined;
  const secrets = {
    ...(database && !THIS_MACHINE.has(database.hostname) && { DATABASE_URL: decodeURIComponent(database.password) }),
    ...{ METRICS_TOKEN, S3_SECRET_ACCESS_KEY, OIDC_CLIENT_SECRET, BACKUP_PASSPHRASE },
  };
  return Object.entries(secrets)
    .filter(([, secret]) => secret !== undefined && (secret.length < SHORTEST_SECRET || WELL_KNOWN.test(secret)))
    .map(
      ([name]) => `${name} holds a secret that is short or well known: ${SHORTEST_SECRET} random characters at least`,
    );
}

/** A key that was typed, not drawn, repeats itself; 32 random bytes have 24 different ones or more. */
const FEWEST_DIFFERENT = 16;

/** What makes the wrapping of the keys idle. */
function badMasterKey({ MASTER_KEY, MASTER_KEY_FILE, masterKeyFile, dataDir }: Settings): string[] {
  if (!MASTER_KEY && !MASTER_KEY_FILE)
    return ['MASTER_KEY or MASTER_KEY_FILE must be set: `openssl rand -base64 32` makes one; keep a copy elsewhere'];
  if (MASTER_KEY_FILE && `${masterKeyFile}${sep}`.startsWith(`${dataDir}${sep}`))
    return ['MASTER_KEY_FILE must lie outside DATA_DIR: whoever copies that folder would have both'];
  const bytes = readMasterKey(MASTER_KEY ?? '');
  if (bytes && new Set(bytes).size < FEWEST_DIFFERENT)
    return ['MASTER_KEY holds a secret that is short or well known: 32 random bytes'];
  return [];
}

/** The settings that would send passwords and personal data over a network for anyone on it to read. */
function withoutTls(settings: Settings): string[] {
  const { DATABASE_URL, DATABASE_TLS, REDIS_URL, S3_ENDPOINT, SMS_URL, SMTP_URL } = settings;
  const isOpen = (url: string | undefined): boolean => {
    const host = url && URL.canParse(url) ? new URL(url).hostname : '';
    return host !== '' && !THIS_MACHINE.has(host) && !settings.isClosed(url ?? '');
  };
  const mend = 'or name its host in CLOSED_NETWORK if no one else is on that network';
  return [
    isOpen(DATABASE_URL) && !DATABASE_TLS && `DATABASE_URL is on another machine: set DATABASE_TLS=on, ${mend}`,
    isOpen(REDIS_URL) && REDIS_URL?.startsWith('redis:') && `REDIS_URL is on another machine: use rediss://, ${mend}`,
    isOpen(S3_ENDPOINT) &&
      S3_ENDPOINT?.startsWith('http:') &&
      `S3_ENDPOINT is on another machine: use https://, ${mend}`,
    isOpen(SMS_URL) && SMS_URL?.startsWith('http:') && `SMS_URL is on another machine: use https://, ${mend}`,
    isOpen(SMTP_URL) && SMTP_URL?.startsWith('smtp:') && `SMTP_URL is on another machine: use smtps://, ${mend}`,
  ].filter((mistake) => typeof mistake === 'string');
}
