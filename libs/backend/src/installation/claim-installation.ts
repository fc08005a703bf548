import { Installation, SYSTEM } from '@app/platform';
import type { Backend } from '../backend.js';
import { CannotStart } from '../cannot-start.js';

type Claiming = Pick<Backend, 'database' | 'settings' | 'keys' | 'clock'>;

/**
 * Marks new tables as this installation's, and refuses those that this process must not touch. Every process calls it
 * before it does anything else with the tables; of several at once, one marks them.
 *
 * @throws CannotStart the data were sealed with other keys, or a production server was given demo data
 */
export async function claimInstallation({ database, settings, keys, clock }: Claiming): Promise<Installation> {
  const keyFingerprint = keys.fingerprint();
  const known = await database.read((tx) => tx.repo(Installation).findOneBy({ id: '1' }));
  const installation =
    known ??
    (await database.write(SYSTEM, async (tx) => {
      await tx.execute(
        `${tx.dialect.insertIgnore} INTO installation (id, demo, keyFingerprint, indexKey, createdAt) VALUES (?, ?, ?, ?, ?)`,
        ['1', settings.demo, keyFingerprint, keys.indexIds[0], clock.now()],
      );
      return tx.get(Installation, { id: '1' });
    }));
  if (installation.keyFingerprint !== keyFingerprint)
    throw new CannotStart(
      'داده‌ها با کلیدهای دیگری مهر شده‌اند. KEY_FILE را به پروندهٔ کلید همین داده‌ها بدهید.',
      'The data were sealed with other keys. Set KEY_FILE to the key file that belongs to them.',
    );
  if (!keys.indexIds.includes(installation.indexKey))
    throw new CannotStart(
      `پروندهٔ کلید قدیمی‌تر از داده‌هاست و کلید ${installation.indexKey} را ندارد. نسخهٔ تازهٔ آن را با KEY_FILE بدهید.`,
      `The key file is older than the data and does not hold the key ${installation.indexKey}. Give its newer copy by KEY_FILE.`,
    );
  if (installation.demo && settings.production)
    throw new CannotStart(
      'این داده‌ها نمایشی‌اند و حساب‌های باز دارند؛ سرور اصلی با آن‌ها کار نمی‌کند. DATA_DIR یا DATABASE_URL دیگری بدهید.',
      'These are demo data with open accounts, which production refuses. Set another DATA_DIR or DATABASE_URL.',
    );
  // Not before: the version before this one could not read them any more.
  keys.wrapPlain();
  return installation;
}
