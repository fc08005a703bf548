import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsJSON,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { MASTER_KEY_FORM } from '../keys/master-key.js';
import { refusedTogether, THIS_MACHINE } from './refused-settings.js';

const number = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
  );
const onOff = () =>
  Transform(({ value }: { value: unknown }) => (value === 'on' ? true : value === 'off' ? false : value));

/** Every setting, with its meaning and its default. Read once, from the environment, when a process starts. */
export class Settings {
  /** `production` refuses demo data, fail points and plain http cookies. Default `development`. */
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  /** The port of the API and the web. Default 3000. 0 takes a free one. */
  @number()
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT = 3000;

  /** The address to listen on. Default 127.0.0.1; 0.0.0.0 lets other machines in. */
  @IsString()
  HOST = '127.0.0.1';

  /** The address people type, as it stands on certificates. Default http://localhost:PORT. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  PUBLIC_URL?: string;

  /**
   * The proxies before us, whose word for the caller's address is believed: addresses or networks with commas, the names
   * `loopback` and `uniquelocal`, or `none`. Default `loopback`.
   */
  @Matches(
    /^(none|(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d+)?)(, ?(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d+)?))*)$/i,
    {
      message: 'TRUSTED_PROXIES takes addresses or networks with commas, loopback, uniquelocal or none',
    },
  )
  TRUSTED_PROXIES = 'loopback';

  /** The one folder where all state lives: database, files, keys, backups. Default `data`. Deleting it starts afresh. */
  @IsString()
  @MinLength(1)
  DATA_DIR = 'data';

  /** The file of the keys that seal personal data. Default `keys.json` in DATA_DIR. Several machines share one copy. */
  @IsOptional()
  @IsString()
  KEY_FILE?: string;

  /**
   * The key that wraps those in both key files: 32 random bytes, as 64 hexadecimal digits or in base 64. Production needs
   * it, here or by MASTER_KEY_FILE, because wrapped keys that lie beside it are as good as open.
   */
  @IsOptional()
  @Matches(MASTER_KEY_FORM, { message: 'MASTER_KEY takes 32 bytes, as 64 hexadecimal digits or in base 64' })
  MASTER_KEY?: string;

  /**
   * A file that holds the same, in the same form. Default outside production: `master.key` beside KEY_FILE, made at the
   * first start. Production takes none inside DATA_DIR: whoever copies that folder must not have both.
   */
  @IsOptional()
  @IsString()
  MASTER_KEY_FILE?: string;

  /**
   * The file of the keys of persons, which every backup renews and restoring one needs. Default `person-keys.tar.gz` in
   * `backups` of DATA_DIR. Several machines share one copy. Keep the newest only: what was erased opens with older ones.
   */
  @IsOptional()
  @IsString()
  PERSON_KEYS_FILE?: string;

  /**
   * The file of the keys that seal what support associations know. Default `referral-keys.json` in DATA_DIR. It is in no
   * backup. Several machines share one copy; one without it serves everything else.
   */
  @IsOptional()
  @IsString()
  REFERRAL_KEY_FILE?: string;

  /** `on` fills an empty installation with a demo province. Default `on` outside production. */
  @IsOptional()
  @onOff()
  @IsBoolean({ message: 'DEMO must be on or off' })
  DEMO?: boolean;

  /** `mariadb://user:password@host/name` or `mysql://…`. Default: SQLite in DATA_DIR. */
  @IsOptional()
  @Matches(/^(mariadb|mysql):\/\/[^/]+\/.+$/, {
    message: 'DATABASE_URL must look like mariadb://user:password@host/name',
  })
  DATABASE_URL?: string;

  /** `on` speaks TLS with the database server and believes only certificates that DATABASE_CA or the system vouches for. */
  @onOff()
  @IsBoolean({ message: 'DATABASE_TLS must be on or off' })
  DATABASE_TLS = false;

  /** A PEM file of the authority that vouches for the database server. Default: those of the system. */
  @IsOptional()
  @IsString()
  DATABASE_CA?: string;

  /** Connections to the database server, at most. Default 10. */
  @number()
  @IsInt()
  @Min(1)
  @Max(200)
  DATABASE_POOL = 10;

  /** `redis://host:port`. Then jobs run in worker processes, by BullMQ. Default: in the API's own process. */
  @IsOptional()
  @Matches(/^rediss?:\/\/.+$/, { message: 'REDIS_URL must look like redis://host:6379' })
  REDIS_URL?: string;

  /** What our keys in Redis begin with, when installations share one Redis. Default `maharat`. */
  @Matches(/^[a-z0-9-]{1,40}$/, { message: 'REDIS_PREFIX takes small letters, digits and dashes' })
  REDIS_PREFIX = 'maharat';

  /** The bucket for files. Default: the folder `files` in DATA_DIR. */
  @IsOptional()
  @IsString()
  S3_BUCKET?: string;

  /** The S3 server, when it is not Amazon's. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  S3_ENDPOINT?: string;

  /** The bucket's region. Default `us-east-1`. */
  @IsString()
  S3_REGION = 'us-east-1';

  @IsOptional()
  @IsString()
  S3_ACCESS_KEY_ID?: string;

  @IsOptional()
  @IsString()
  S3_SECRET_ACCESS_KEY?: string;

  /**
   * Hosts with commas that are reached over a closed network only, such as that of a compose file. To any other host
   * but this machine, production speaks to database, Redis and S3 by TLS alone; a gateway of short messages that is not
   * named here is looked for in the internet alone, never at an address of a private network. Default: none.
   */
  @Matches(/^([a-z0-9._-]+(, ?[a-z0-9._-]+)*)?$/i, { message: 'CLOSED_NETWORK takes names of hosts with commas' })
  CLOSED_NETWORK = '';

  /** Jobs a process runs at a time. Default 4. */
  @number()
  @IsInt()
  @Min(1)
  @Max(64)
  JOB_CONCURRENCY = 4;

  /** Threads that draw papers in a process that runs jobs. Default one a core; 0 draws in the process itself. */
  @number()
  @IsInt()
  @Min(0)
  @Max(64)
  DRAWING_THREADS = Math.min(availableParallelism(), 64);

  /** Seconds after which a job whose worker fell silent is taken by another. Default 30. */
  @number()
  @IsInt()
  @Min(1)
  @Max(3600)
  JOB_LEASE_SECONDS = 30;

  /** `debug`, `info`, `warn`, `error` or `silent`. Default `info`. */
  @IsIn(['debug', 'info', 'warn', 'error', 'silent'])
  LOG_LEVEL: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info';

  /** Bearer token that may read /metrics from another machine. Without it, only this machine may. */
  @IsOptional()
  @MinLength(16)
  METRICS_TOKEN?: string;

  /**
   * A JSON list of GraphQL texts that production answers besides those of its own pages. Default: none. Outside
   * production every text is answered.
   */
  @IsOptional()
  @IsString()
  TRUSTED_DOCUMENTS?: string;

  /** Requests a minute from one address of the network, at most; a whole office may share one. Default 3000. */
  @number()
  @IsInt()
  @Min(1)
  RATE_PER_ADDRESS = 3000;

  /** Operations a minute of one account, at most. Default 600. */
  @number()
  @IsInt()
  @Min(1)
  RATE_PER_ACCOUNT = 600;

  /** How often a day one user may look at what lists mask of a person. Default 50. */
  @number()
  @IsInt()
  @Min(0)
  @Max(10_000)
  REVEALS_A_DAY = 50;

  /** One-time passwords an hour for all numbers together: above it somebody spends our messages. Default 2000. */
  @number()
  @IsInt()
  @Min(1)
  ONE_TIME_PASSWORDS_AN_HOUR = 2000;

  /** One-time passwords an hour that one address of the network may ask for. Default 20. */
  @number()
  @IsInt()
  @Min(1)
  ONE_TIME_PASSWORDS_PER_ADDRESS = 20;

  /** Wrong one-time passwords in ten minutes, of all numbers together, after which none is looked at. Default 300. */
  @number()
  @IsInt()
  @Min(1)
  WRONG_PASSWORDS_IN_TEN_MINUTES = 300;

  /** Days between a new mobile number of a graduate and the first sign-in with it. Default 3. */
  @number()
  @IsInt()
  @Min(0)
  @Max(60)
  NEW_MOBILE_WAITS_DAYS = 3;

  /**
   * Who brings short messages: `kavenegar`, `smsir`, or the path of a JSON file that describes another gateway. Default:
   * the log shows them outside production, and in production none is sent.
   */
  @IsOptional()
  @Matches(/^(kavenegar|smsir|.+\.json)$/, {
    message: 'SMS_GATEWAY must be kavenegar, smsir or the path of a JSON file',
  })
  SMS_GATEWAY?: string;

  /** The address of the gateway, when it is not its own: the one host that messages are sent to. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  SMS_URL?: string;

  @IsOptional()
  @IsString()
  SMS_API_KEY?: string;

  /** The number that messages come from: one for all. */
  @IsString()
  SMS_SENDER = '';

  /** The gateway's names of our texts, as JSON: `{"ONE_TIME_PASSWORD":"100000"}`. Only for gateways that have the texts. */
  @IsJSON({ message: 'SMS_TEMPLATES is JSON such as {"ONE_TIME_PASSWORD":"100000"}' })
  SMS_TEMPLATES = '{}';

  /** The server that sends e-mail: `smtps://user:password@host`. Default: as for short messages. */
  @IsOptional()
  @Matches(/^smtps?:\/\/.+$/, { message: 'SMTP_URL must look like smtps://user:password@host:465' })
  SMTP_URL?: string;

  /** The address that e-mail comes from: one for all. */
  @IsOptional()
  @IsEmail()
  MAIL_FROM?: string;

  /** When no message goes but those that somebody waits for, in Iran; `off` is never. Default 22:00-07:00. */
  @Matches(/^(off|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/, {
    message: 'QUIET_HOURS must look like 22:00-07:00, or be off',
  })
  QUIET_HOURS = '22:00-07:00';

  /** The organisation's own sign-in, by OpenID Connect: the issuer's address. Default: none. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  OIDC_ISSUER?: string;

  /** What the issuer knows us by. The address it sends people back to is PUBLIC_URL/oidc/callback. */
  @IsOptional()
  @IsString()
  OIDC_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  OIDC_CLIENT_SECRET?: string;

  /** The claim of the ID token that holds our user name. Default `preferred_username`. */
  @Matches(/^[a-zA-Z0-9_:/.-]{1,100}$/, { message: 'OIDC_CLAIM is the name of a claim' })
  OIDC_CLAIM = 'preferred_username';

  /**
   * Whose word on the second factor counts at single sign-on. `claim`: whom an office asks for one comes in when the ID
   * token tells of it (`amr`, or an `acr` of OIDC_ACR). `trust`: the issuer asks everybody for one, and need not tell.
   * Default `claim`.
   */
  @IsIn(['claim', 'trust'], { message: 'OIDC_SECOND_FACTOR must be claim or trust' })
  OIDC_SECOND_FACTOR: 'claim' | 'trust' = 'claim';

  /** The values of `acr`, with spaces, by which the issuer tells of a second factor; it is asked for them. Default: none. */
  @Matches(/^[\w:/.#-]*( [\w:/.#-]+)*$/, { message: 'OIDC_ACR takes values of acr with spaces' })
  OIDC_ACR = '';

  /** What the button on the sign-in page says. */
  @IsString()
  @MinLength(1)
  OIDC_TITLE = 'ورود با حساب سازمانی';

  /** `off` stops the nightly backup into DATA_DIR/backups. Default `on`. */
  @onOff()
  @IsBoolean({ message: 'NIGHTLY_BACKUP must be on or off' })
  NIGHTLY_BACKUP = true;

  /** Passphrase that encrypts the keys inside a backup. Without it, a backup leaves the keys out and says so. */
  @IsOptional()
  @MinLength(12)
  BACKUP_PASSPHRASE?: string;

  /** G4: a request that takes two goes up to the next office after so many working days without an answer. Default 3. */
  @number()
  @IsInt()
  @Min(1)
  @Max(60)
  AGREEMENT_WORK_DAYS = 3;

  /** `name:kill` or `name:error`: lets the process die at a named step. For tests; refused in production. */
  @IsOptional()
  @IsString()
  FAILPOINT?: string;

  get production(): boolean {
    return this.NODE_ENV === 'production';
  }
  get demo(): boolean {
    return this.DEMO ?? !this.production;
  }
  get dataDir(): string {
    return resolve(this.DATA_DIR);
  }
  get personKeysFile(): string {
    return this.PERSON_KEYS_FILE ? resolve(this.PERSON_KEYS_FILE) : join(this.dataDir, 'backups', 'person-keys.tar.gz');
  }
  get keyFile(): string {
    return this.KEY_FILE ? resolve(this.KEY_FILE) : join(this.dataDir, 'keys.json');
  }
  get masterKeyFile(): string {
    return this.MASTER_KEY_FILE ? resolve(this.MASTER_KEY_FILE) : join(dirname(this.keyFile), 'master.key');
  }
  get referralKeyFile(): string {
    return this.REFERRAL_KEY_FILE ? resolve(this.REFERRAL_KEY_FILE) : join(this.dataDir, 'referral-keys.json');
  }
  get publicUrl(): string {
    return (this.PUBLIC_URL ?? `http://localhost:${this.PORT}`).replace(/\/$/, '');
  }
  /** Whoever is on the network can read what people send: production refuses it, a try-out on a LAN is told. */
  get overheard(): boolean {
    return this.publicUrl.startsWith('http:') && !THIS_MACHINE.has(this.HOST) && this.HOST !== '::1';
  }
  /** Whether the host of an address is named in CLOSED_NETWORK. */
  isClosed(url: string): boolean {
    return URL.canParse(url) && this.CLOSED_NETWORK.toLowerCase().split(/, ?/).includes(new URL(url).hostname);
  }
  /** Jobs run in this very process. */
  get embeddedJobs(): boolean {
    return !this.REDIS_URL;
  }
}

/** The settings are wrong; all mistakes at once, one a line. */
export class WrongSettings extends Error {
  constructor(readonly mistakes: string[]) {
    super(mistakes.join('\n'));
  }
}

/**
 * Reads the settings from an environment. Names it does not know are left alone; an empty value counts as absent.
 *
 * @throws WrongSettings with every mistake
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const settings = plainToInstance(Settings, given, { exposeDefaultValues: true });
  const mistakes = validateSync(settings).flatMap(({ constraints = {}, property }) =>
    Object.values(constraints).map((text) => (text.startsWith(property) ? text : `${property}: ${text}`)),
  );
  mistakes.push(...refusedTogether(settings));
  if (mistakes.length > 0) throw new WrongSettings(mistakes);
  return settings;
}
