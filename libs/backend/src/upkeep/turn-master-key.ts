import { existsSync } from 'node:fs';
import { MasterKey, MasterKeyFault, rewrapKeyFile, type Settings } from '@app/platform';
import { masterKeySentence } from '../backend.js';

/**
 * Wraps the keys of both key files by the master key in a file, which is made when it is missing. No data are sealed anew.
 * Killed between the two files, or run twice, it goes on with what is left.
 *
 * @throws CannotStart the old master key or the new one is not what it should be
 */
export function turnMasterKey(settings: Settings, file: string): void {
  const [from, to] = [MasterKey.of(settings), MasterKey.inFile(file, true)];
  for (const keyFile of [settings.keyFile, settings.referralKeyFile].filter((path) => existsSync(path)))
    try {
      to.readOrMake();
      rewrapKeyFile(keyFile, from, to);
    } catch (error) {
      throw error instanceof MasterKeyFault ? masterKeySentence(error, keyFile) : error;
    }
}
