// CPU of sealing 100,000 people's national IDs and of their blind indexes, against bare AES-256-GCM and HMAC-SHA-256 of
// node:crypto over the same bytes.
import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { cpuMs, lib, many, measure, newNationalId } from './stage.mjs';

const PEOPLE = 100_000;

const { Keys, newId } = await lib('platform');
const keys = Keys.random();
const people = many(PEOPLE, () => ({ id: newId(), nationalId: newNationalId() }));
const [key, index] = [randomBytes(32), randomBytes(32)];

await measure({
  name: 'sealing-100000-people',
  goal: { atMost: 1.25 },
  rounds: 5,
  ours: () =>
    cpuMs(process.pid, () => {
      for (const { id, nationalId } of people) {
        keys.seal(nationalId, `trainee.nationalId.${id}`);
        keys.blindIndex('nationalId', nationalId);
      }
    }),
  limit: () =>
    cpuMs(process.pid, () => {
      for (const { id, nationalId } of people) {
        const nonce = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', key, nonce);
        cipher.setAAD(Buffer.from(`trainee.nationalId.${id}`));
        const body = Buffer.concat([nonce, cipher.update(nationalId), cipher.final(), cipher.getAuthTag()]);
        body.toString('base64');
        createHmac('sha256', index).update(`nationalId ${nationalId}`).digest('hex');
      }
    }),
});
