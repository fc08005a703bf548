import { describe, expect, it } from '@jest/globals';
import { readSettings, WrongSettings } from './settings.js';

const mistakesOf = (env: NodeJS.ProcessEnv): string[] => {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (error instanceof WrongSettings) return error.mistakes;
    throw error;
  }
};
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://maharat.example',
  MASTER_KEY: Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64'),
};

describe('the settings', () => {
  it('need nothing: every one has a default', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ PORT: 3000, DATA_DIR: 'data', demo: true, embeddedJobs: true, production: false });
    expect(settings.publicUrl).toBe('http://localhost:3000');
  });

  it('take an empty value as none', () => {
    const { PORT, DATABASE_URL } = readSettings({ DATABASE_URL: '', PORT: '' });
    expect({ PORT, DATABASE_URL }).toEqual({ PORT: 3000, DATABASE_URL: undefined });
  });

  it('tell all mistakes at once, each by its name', () => {
    const mistakes = mistakesOf({
      PORT: '70000',
      DEMO: 'yes',
      DATABASE_URL: 'postgres://x',
      REDIS_URL: 'x',
      S3_BUCKET: 'b',
    });
    for (const name of ['PORT', 'DEMO', 'DATABASE_URL', 'REDIS_URL', 'S3_BUCKET'])
      expect(mistakes.filter((mistake) => mistake.includes(name))).toHaveLength(1);
  });

  it.each([
    ['a fail point', { FAILPOINT: 'issue.before-commit:kill' }, 'FAILPOINT'],
    ['demo data', { DEMO: 'on' }, 'DEMO'],
    ['an address without TLS', { PUBLIC_URL: 'http://maharat.example' }, 'PUBLIC_URL'],
  ])('refuse %s in production', (_, env, name) => {
    expect(mistakesOf({ ...PRODUCTION, ...env }).join()).toContain(name);
    expect(mistakesOf(PRODUCTION)).toEqual([]);
  });

  it.each([
    [{ DATABASE_URL: 'mariadb://u:9f2c71ab04de@db.example/m' }, { DATABASE_TLS: 'on' }, 'DATABASE_URL'],
    [{ REDIS_URL: 'redis://:p@db.example:6379' }, { REDIS_URL: 'rediss://:p@db.example:6379' }, 'REDIS_URL'],
    [{ S3_ENDPOINT: 'http://db.example:9000' }, { S3_ENDPOINT: 'https://db.example:9000' }, 'S3_ENDPOINT'],
    [{ SMS_URL: 'http://db.example' }, { SMS_URL: 'https://db.example' }, 'SMS_URL'],
    [
      { SMTP_URL: 'smtp://db.example:25', MAIL_FROM: 'a@b.example' },
      { SMTP_URL: 'smtps://db.example:465' },
      'SMTP_URL',
    ],
  ])('12.3 refuse another machine without TLS in production: %j', (plain, mended, name) => {
    expect(mistakesOf({ ...PRODUCTION, ...plain })).toEqual([expect.stringContaining(name)]);
    expect(mistakesOf({ ...PRODUCTION, ...plain, ...mended })).toEqual([]);
    expect(mistakesOf({ ...PRODUCTION, ...plain, CLOSED_NETWORK: 'elsewhere, db.example' })).toEqual([]);
    const here = Object.fromEntries(Object.entries(plain).map(([k, v]) => [k, v.replace('db.example', '127.0.0.1')]));
    expect(mistakesOf({ ...PRODUCTION, ...here })).toEqual([]);
    expect(mistakesOf(plain)).toEqual([]);
  });

  it.each([
    { DATABASE_URL: 'mariadb://maharat:secret@db/maharat' },
    { DATABASE_URL: 'mariadb://maharat@db/maharat' },
    { METRICS_TOKEN: 'changemechangeme' },
    { BACKUP_PASSPHRASE: 'password1234' },
    { S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'minioadmin', S3_SECRET_ACCESS_KEY: 'minioadmin' },
    { OIDC_CLIENT_ID: 'maharat', OIDC_CLIENT_SECRET: 'secret' },
  ])('13.3 refuse a secret that is short or well known in production: %j', (env) => {
    const given = { ...PRODUCTION, ...env, DATABASE_TLS: 'on' };
    expect(mistakesOf(given)).toEqual([expect.stringContaining('short or well known')]);
    const name = Object.keys(env).at(-1) ?? '';
    const mended = { [name]: name === 'DATABASE_URL' ? 'mariadb://m:9f2c71ab04de@db/m' : '9f2c71ab04de55aa' };
    expect(mistakesOf({ ...given, ...mended })).toEqual([]);
    expect(mistakesOf(env)).toEqual([]);
  });

  it('13.3 take a master key in production that was drawn, and keep it apart from what it wraps', () => {
    const { MASTER_KEY, ...without } = PRODUCTION;
    const hex = Buffer.from(MASTER_KEY, 'base64').toString('hex');
    expect(mistakesOf({ ...without, MASTER_KEY: hex })).toEqual([]);
    expect(mistakesOf(without)).toEqual([expect.stringContaining('MASTER_KEY or MASTER_KEY_FILE must be set')]);
    expect(mistakesOf({ ...without, MASTER_KEY: 'YWJj' })).toEqual([expect.stringContaining('takes 32 bytes')]);
    expect(mistakesOf({ ...without, MASTER_KEY: 'ab'.repeat(32) })).toEqual([expect.stringContaining('well known')]);
    const filed = (MASTER_KEY_FILE: string) => mistakesOf({ ...without, DATA_DIR: '/data', MASTER_KEY_FILE });
    expect(filed('/run/secrets/master.key')).toEqual([]);
    expect(filed('/data-of-another/master.key')).toEqual([]);
    expect(filed('/data/keys/master.key')).toEqual([expect.stringContaining('outside DATA_DIR')]);
    expect(mistakesOf({ MASTER_KEY, MASTER_KEY_FILE: 'x' })).toEqual([expect.stringContaining('one too many')]);
    expect(mistakesOf({})).toEqual([]);
  });

  it('know when whoever is on the network can read along', () => {
    expect(readSettings({ HOST: '0.0.0.0' }).overheard).toBe(true);
    expect(readSettings({}).overheard).toBe(false);
    expect(readSettings({ HOST: '0.0.0.0', PUBLIC_URL: 'https://maharat.example' }).overheard).toBe(false);
  });

  it('have no demo in production unless asked, and no other unknown switch', () => {
    expect(readSettings(PRODUCTION).demo).toBe(false);
    expect(readSettings({ DEMO: 'off' }).demo).toBe(false);
  });
});
