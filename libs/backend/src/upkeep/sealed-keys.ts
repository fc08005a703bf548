import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const scrypted = promisify(scrypt) as (
  passphrase: string,
  salt: Buffer,
  length: number,
  cost: object,
) => Promise<Buffer>;

/** About half a second and 128 MiB for one try. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 };
const KEY = 32;
const TAG = 16;

/** The keys of an installation as they stand in a backup, by no master key: AES-256-GCM under a key that scrypt draws from a passphrase. */
export interface SealedKeys {
  kdf: 'scrypt';
  N: number;
  r: number;
  p: number;
  salt: string;
  nonce: string;
  sealed: string;
}

export async function sealKeys(keyFile: Buffer, passphrase: string): Promise<SealedKeys> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await scrypted(passphrase, salt, KEY, COST), nonce);
  const sealed = Buffer.concat([cipher.update(keyFile), cipher.final(), cipher.getAuthTag()]);
  const { N, r, p } = COST;
  const text = (bytes: Buffer) => bytes.toString('base64');
  return { kdf: 'scrypt', N, r, p, salt: text(salt), nonce: text(nonce), sealed: text(sealed) };
}

/** The key file, or null when the passphrase is not the one it was sealed with. */
export async function openKeys(keys: SealedKeys, passphrase: string): Promise<Buffer | null> {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const { N, r, p } = keys;
  const key = await scrypted(passphrase, bytes(keys.salt), KEY, { N, r, p, maxmem: COST.maxmem });
  const sealed = bytes(keys.sealed);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(keys.nonce)).setAuthTag(sealed.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
  } catch {
    return null;
  }
}
