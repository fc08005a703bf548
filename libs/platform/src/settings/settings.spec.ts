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
const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://maharat.example' };

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

  it('have no demo in production unless asked, and no other unknown switch', () => {
    expect(readSettings(PRODUCTION).demo).toBe(false);
    expect(readSettings({ DEMO: 'off' }).demo).toBe(false);
  });
});
