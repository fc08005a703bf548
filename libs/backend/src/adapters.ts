import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NoSignOn, type SingleSignOn } from '@app/access';
import { MessageChannel, type Messenger, Messengers } from '@app/messaging';
import type { FileStore, Log, Queue, Settings } from '@app/platform';
import type { Pool, PoolConnection, PoolOptions, SslOptions } from 'mysql2';
import type { DataSourceOptions } from 'typeorm';
import { BullQueue } from './adapters/bull.queue.js';
import { ConsoleMessenger, NoMessenger } from './adapters/console-messenger.js';
import { InProcessQueue } from './adapters/in-process.queue.js';
import { LocalFiles } from './adapters/local.files.js';
import { OpenIdSignOn } from './adapters/openid-sign-on.js';
import { S3Files } from './adapters/s3.files.js';
import { GATEWAYS, type GatewayShape, SmsGateway } from './adapters/sms-gateway.js';
import { SmtpMessenger } from './adapters/smtp-messenger.js';

const require = createRequire(import.meta.url);

/** The outside systems of one process, and a line for its log that names them. */
export interface Adapters {
  /** Without entities and migrations: the caller adds them. */
  database: DataSourceOptions;
  queue: Queue;
  files: FileStore;
  messengers: Messengers;
  /** `database=sqlite queue=in-process files=local sms=console mail=console` */
  describe: string;
}

/** The one place where an outside system is chosen: a setting that is there chooses it, and nothing else looks. */
export function adapters(settings: Settings, log: Log): Adapters {
  const database = databaseOf(settings);
  const queue = settings.REDIS_URL
    ? new BullQueue(settings.REDIS_URL, `${settings.REDIS_PREFIX}-jobs`, log, settings.JOB_LEASE_SECONDS * 1000)
    : new InProcessQueue(log);
  const files = filesOf(settings);
  const engine = database.type === 'better-sqlite3' ? 'sqlite' : database.type;
  const messengers = messengersOf(settings, log);
  const [sms, mail] = [messengers.of(MessageChannel.SMS).name, messengers.of(MessageChannel.EMAIL).name];
  const describe = `database=${engine} queue=${queue.kind} files=${files.kind} sms=${sms} mail=${mail}`;
  return { database, queue, files, messengers, describe };
}

/** Short messages by a gateway, e-mail by SMTP; the console outside production, nobody in it, where none is set. */
function messengersOf(settings: Settings, log: Log): Messengers {
  const { SMS_GATEWAY, SMS_API_KEY: key = '', SMS_SENDER: sender, SMS_URL: url, SMTP_URL, MAIL_FROM } = settings;
  const none = settings.production ? new NoMessenger() : new ConsoleMessenger(log);
  const { host } = new URL(settings.publicUrl);
  const shape = SMS_GATEWAY && (GATEWAYS[SMS_GATEWAY] ?? (readJson(SMS_GATEWAY) as GatewayShape));
  const templates = JSON.parse(settings.SMS_TEMPLATES) as Record<string, string>;
  const inside = shape ? settings.isClosed(url ?? shape.url) : false;
  const chosen: Record<MessageChannel, Messenger> = {
    [MessageChannel.SMS]: shape ? new SmsGateway({ shape, url, key, sender, templates, inside }) : none,
    [MessageChannel.EMAIL]: SMTP_URL && MAIL_FROM ? new SmtpMessenger({ url: SMTP_URL, from: MAIL_FROM, host }) : none,
  };
  return { of: (channel) => chosen[channel] };
}

/** @throws Error there is no such file, or it is no JSON */
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Single sign-on, where a provider is set. */
export function signOnOf(settings: Settings): SingleSignOn {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings;
  if (!issuer || !clientId || !clientSecret) return new NoSignOn();
  const { OIDC_CLAIM: claim, OIDC_TITLE: title, publicUrl } = settings;
  const trusted = settings.OIDC_SECOND_FACTOR === 'trust';
  const acr = settings.OIDC_ACR.split(' ').filter(Boolean);
  return new OpenIdSignOn({ issuer, clientId, clientSecret, claim, trusted, acr, title, publicUrl });
}

export const databaseOf = (settings: Settings): DataSourceOptions =>
  settings.DATABASE_URL
    ? serverDatabase(settings.DATABASE_URL, settings.DATABASE_POOL, tlsOf(settings))
    : embeddedDatabase(settings.dataDir);

/** @throws Error DATABASE_CA cannot be read */
const tlsOf = ({ DATABASE_TLS, DATABASE_CA }: Settings): SslOptions | undefined =>
  DATABASE_TLS
    ? { minVersion: 'TLSv1.2', verifyIdentity: true, ...(DATABASE_CA && { ca: readFileSync(DATABASE_CA, 'utf8') }) }
    : undefined;

export function filesOf({
  S3_BUCKET,
  S3_ENDPOINT,
  S3_REGION,
  S3_ACCESS_KEY_ID,
  S3_SECRET_ACCESS_KEY,
  dataDir,
}: Settings): FileStore {
  if (!S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return new LocalFiles(join(dataDir, 'files'));
  return new S3Files({
    bucket: S3_BUCKET,
    region: S3_REGION,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    endpoint: S3_ENDPOINT,
  });
}

/** SQLite by libsql, which needs no compiler and speaks the interface of better-sqlite3. */
export function embeddedDatabase(dataDir: string): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    driver: require('libsql') as unknown,
    database: join(dataDir, 'maharat.db'),
    enableWAL: true,
    timeout: 10_000,
    prepareDatabase: (connection: { pragma(text: string): unknown }) => {
      // NORMAL would lose the last commits when the power fails.
      connection.pragma('synchronous = FULL');
      connection.pragma('foreign_keys = ON');
      // Else INSERT OR REPLACE takes a row away without the trigger that guards it: one of the audit trail too.
      connection.pragma('recursive_triggers = ON');
    },
  };
}

/** MariaDB or MySQL, by the URL's scheme; every connection runs the same session. */
export function serverDatabase(url: string, poolSize: number, ssl?: SslOptions): DataSourceOptions {
  return {
    type: url.startsWith('mysql:') ? 'mysql' : 'mariadb',
    url,
    driver: driverWithSessions(),
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    ssl,
    poolSize,
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: 10_000,
    // A stack trace of every statement, in case it fails, is a twentieth of the time a request takes.
    extra: { decimalNumbers: true, trace: false },
  };
}

/**
 * What every connection agrees to before its first use: a check after a lock sees what others committed, a lock is
 * waited for at most five seconds, times are UTC, and a value that does not fit is refused instead of cut.
 */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION innodb_lock_wait_timeout = 5, SESSION time_zone = '+00:00',
    SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'`,
];

/** mysql2, with a pool whose new connections run `SESSION` before anything else. */
function driverWithSessions() {
  const mysql2 = require('mysql2') as typeof import('mysql2');
  return {
    ...mysql2,
    createPool(options: PoolOptions): Pool {
      const pool = mysql2.createPool(options);
      pool.on('connection', (connection: PoolConnection) => {
        for (const sql of SESSION) connection.query(sql, (error) => error && connection.destroy());
        // TypeORM asks for it before every statement, and each would be made anew.
        const promises = connection.promise();
        connection.promise = () => promises;
      });
      return pool;
    },
  };
}
