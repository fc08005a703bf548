// CPU of a sign-in by user name and password, against a bare argon2id check of the same password at the same cost. Both
// hash on libuv's threads; the CPU time of a process is that of all its threads.
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { cpuMs, inParallel, lib, many, measure, openStage } from './stage.mjs';

/** A server that has run for a while: of the first two thousand, a third of what is not the hash is V8 compiling. */
const BEFORE = 2000;
/** Few in a round, and many rounds: ours and the limit are to meet the same minutes of a shared machine. */
const SIGN_INS = 100;
const CONNECTIONS = 4;
const PASSWORD = 'saffron-and-rose-2026';

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';

const { Role, RoleGrant, UserAccount } = await lib('access');
const { SYSTEM } = await lib('platform');
const stage = await openStage(SIGN_IN);
// The cost of the product's own hashes: what is checked is the same work on both sides.
const passwordHash = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
const userName = `bench-${randomBytes(5).toString('hex')}`;
await stage.backend.database.write(SYSTEM, async (tx) => {
  const person = { userName, displayName: 'سنجش', passwordHash, disabled: false, graceFrom: null };
  const { id: userId } = await tx.insert(UserAccount, { ...person, createdAt: stage.backend.clock.now() });
  await tx.insert(RoleGrant, { userId, role: Role.INSTITUTE_MANAGER, ...stage.place.bounds.INSTITUTE_MANAGER });
});

const signIn = async () => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomBytes(12).toString('hex') };
  const body = JSON.stringify({ query: SIGN_IN, variables: { input: { userName, password: PASSWORD } } });
  const { text } = await stage.api.send({ path: '/graphql', method: 'POST', headers }, body);
  if (text.includes('SignInRefused') || text.includes('"errors"')) throw new Error(text);
};
await inParallel(CONNECTIONS, many(BEFORE), signIn);
const perSignIn = async (pid, one) => (await cpuMs(pid, () => inParallel(CONNECTIONS, many(SIGN_INS), one))) / SIGN_INS;
await measure({
  name: 'sign-in',
  // At least 0.8 of the bare check: at most 1.25 times its CPU.
  goal: { atMost: 1.25 },
  rounds: 21,
  ours: () => perSignIn(stage.api.pid, signIn),
  limit: () => perSignIn(process.pid, () => verify(passwordHash, PASSWORD)),
});
await stage.close();
