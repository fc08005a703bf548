import { describe, expect, it } from '@jest/globals';
import { Installation, Keys, readSettings } from '@app/platform';
import { PRODUCTION, TestClock, testDatabase } from '@app/testing';
import { claimInstallation } from './claim-installation.js';

describe('an installation', () => {
  const db = testDatabase();
  const claim = (env: NodeJS.ProcessEnv = {}, keys = db.keys) =>
    claimInstallation({ database: db.database, settings: readSettings(env), keys, clock: new TestClock() });

  it('is marked once, at the first start, however many processes start', async () => {
    const claimed = await Promise.all([claim(), claim(), claim({ DEMO: 'off' })]);
    expect(new Set(claimed.map(({ demo }) => demo)).size).toBe(1);
    expect(await db.count(Installation)).toBe(1);
  });

  it('stays what it was, whatever the settings say later', async () => {
    await db.dataSource.getRepository(Installation).update({ id: '1' }, { demo: false });
    expect(await claim({ DEMO: 'on' })).toMatchObject({ demo: false, keyFingerprint: db.keys.fingerprint() });
    expect(await claim(PRODUCTION)).toMatchObject({ demo: false });
  });

  it('is refused with other keys', async () => {
    await expect(claim({}, Keys.random())).rejects.toThrow('sealed with other keys');
  });

  it('is refused in production when it is a demo', async () => {
    await db.dataSource.getRepository(Installation).update({ id: '1' }, { demo: true });
    await expect(claim(PRODUCTION)).rejects.toThrow('production refuses');
    expect(await claim({ DEMO: 'off' })).toMatchObject({ demo: true });
  });
});
