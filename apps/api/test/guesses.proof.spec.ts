import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mobileIndex } from '@app/messaging';
import { newId, SYSTEM } from '@app/platform';
import { engine, newNationalId } from '@app/testing';
import { Trainee } from '@app/training';
import { BuiltProduct, FULL, type RunningProcess, until } from './built-product.js';
import { type Answer, Person } from './test-api.js';

const GUESSES = FULL ? 10_000 : 150;
/** On SQLite there is one process only; small, two at a server show that they count together. */
const APIS = engine === 'sqlite' ? 1 : FULL ? 3 : 2;
const AT_ONCE = 20;
const MOBILE = '09123456789';
const BIRTH_DAY = '1990-01-01';
/** Above it nobody's password is looked at for some minutes; the limits of one number are to be seen here. */
const SETTINGS = {
  ...{ ONE_TIME_PASSWORDS_PER_ADDRESS: '1000000', ONE_TIME_PASSWORDS_AN_HOUR: '1000000' },
  ...{ WRONG_PASSWORDS_IN_TEN_MINUTES: '1000000' },
};

const ASK = `mutation ($input: AskOneTimePasswordInput!) {
  askOneTimePassword(input: $input) { __typename ... on GraduateSignInRefused { reason } } }`;
const ENTER = `mutation ($input: EnterOneTimePasswordInput!) {
  enterOneTimePassword(input: $input) { __typename ... on GraduateSignInRefused { reason } } }`;
const BIRTH = `mutation ($input: EnterBirthDateInput!) {
  enterBirthDate(input: $input) { __typename ... on GraduateSignInRefused { reason } } }`;

/** A gateway that takes every message and remembers the passwords. */
class Gateway {
  readonly passwords: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const password = /%23(\d{6})/.exec(body)?.[1];
      if (password) this.passwords.push(password);
      response.writeHead(200, { 'content-type': 'application/json' });
      const entries = [{ messageid: this.passwords.length, status: 10 }];
      return response.end(JSON.stringify({ return: { status: 200 }, entries }));
    });
  });
  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe(`${GUESSES} guesses of a one-time password at ${APIS} API process(es)`, () => {
  const gateway = new Gateway();
  let product: BuiltProduct;
  let apis: RunningProcess[];

  beforeAll(async () => {
    const url = await gateway.start();
    const env = {
      ...SETTINGS,
      SMS_GATEWAY: 'kavenegar',
      SMS_API_KEY: 'key',
      SMS_URL: url,
      CLOSED_NETWORK: '127.0.0.1',
    };
    product = await BuiltProduct.open();
    apis = await Promise.all(Array.from({ length: APIS }, () => product.startApi(env)));
    if (product.worker === 'worker') await product.start('worker', env);
    const { database, keys } = product.backend;
    const nationalId = newNationalId();
    await database.write(SYSTEM, (tx) =>
      tx.insert(Trainee, {
        ...{ id: newId(), nationalId, nationalIdIndex: keys.blindIndex('nationalId', nationalId) },
        ...{ givenName: 'زهرا', familyName: 'رضایی', fatherName: null, birthDay: BIRTH_DAY },
        ...{ mobile: MOBILE, mobileIndex: mobileIndex(keys, MOBILE), createdAt: new Date() },
      }),
    );
  }, 300_000);
  afterAll(async () => {
    await product.close();
    gateway.stop();
  }, 30_000);

  /** The same browser at any of the processes. */
  const at = (n: number, cookie: string | null) => new Person(apis[n % APIS]!.url, cookie);
  const asked = async (): Promise<{ cookie: string; password: string } | null> => {
    const before = gateway.passwords.length;
    const response = await at(0, null).send(ASK, { input: { mobile: MOBILE } });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!cookie) return null;
    await until(() => gateway.passwords.length > before, 60, 'the message has come');
    return { cookie, password: gateway.passwords.at(-1) as string };
  };
  /** Guesses through all processes at once; the right one is among them, as the last but one. */
  const attack = async (cookie: string, right: string, many: number, between?: () => Promise<unknown>) => {
    const told = new Map<string, number>();
    const guesses = Array.from({ length: many }, (_, n) => (n === many - 2 ? right : wrongOne(n, right)));
    for (let from = 0; from < many; from += AT_ONCE) {
      const answers = await Promise.all(
        guesses.slice(from, from + AT_ONCE).map((guess, n) => enter(at(n, cookie), guess)),
      );
      for (const answer of answers) told.set(answer, (told.get(answer) ?? 0) + 1);
      await between?.();
    }
    return Object.fromEntries(told);
  };

  it('hit nothing: five are looked at of each password, three passwords are given, and the right guess comes too late', async () => {
    const asks: string[] = [];
    let hits = 0;
    let wrong = 0;
    for (let round = 0; round < 5; round++) {
      const browser = await asked();
      asks.push(browser ? 'sent' : 'refused');
      if (!browser) continue;
      const told = await attack(browser.cookie, browser.password, Math.ceil(GUESSES / 3));
      hits += told.OneTimePasswordAccepted ?? 0;
      wrong += told.WRONG_PASSWORD ?? 0;
      expect(told.WRONG_PASSWORD).toBe(5);
      expect(Object.keys(told).sort()).toEqual(['PASSWORD_ENDED', 'WRONG_PASSWORD']);
    }
    expect(asks).toEqual(['sent', 'sent', 'sent', 'refused', 'refused']);
    expect({ hits, wrong }).toEqual({ hits: 0, wrong: 15 });
    process.stdout.write(`guesses: ${3 * Math.ceil(GUESSES / 3)} at ${APIS} processes, 15 looked at, 0 hits\n`);
  }, 600_000);

  it('lock the owner out for no longer than the limits say', async () => {
    await aDayLater();
    const browser = await asked();
    const entered = await at(1, browser!.cookie).kept(ENTER, { input: { password: browser!.password } });
    const { enterBirthDate } = await entered.do<{ enterBirthDate: { __typename: string } }>(BIRTH, {
      input: { birthDay: BIRTH_DAY },
    });
    expect(enterBirthDate.__typename).toBe('SignedIn');
  }, 120_000);

  it('would hit if the tries were not counted (the control)', async () => {
    await aDayLater();
    const browser = await asked();
    const uncounted = () =>
      product.backend.database.write(SYSTEM, (tx) => tx.execute('UPDATE one_time_password SET tries = -1000'));
    await uncounted();
    const told = await attack(browser!.cookie, browser!.password, 100, uncounted);
    expect(told.OneTimePasswordAccepted).toBe(1);
  }, 120_000);

  /** As if all that was asked for had been asked for a day before. */
  const aDayLater = () =>
    product.backend.database.write(SYSTEM, async (tx) => {
      const before = new Date(Date.now() - 25 * 3_600_000);
      await tx.execute('UPDATE one_time_password SET createdAt = ?, expiresAt = ?', [before, before]);
    });
});

const wrongOne = (n: number, right: string): string => {
  const guess = String((n * 7919) % 1_000_000).padStart(6, '0');
  return guess === right ? '999999' : guess;
};

/** What a guess was told. */
async function enter(person: Person, password: string): Promise<string> {
  const response = await person.send(ENTER, { input: { password } });
  const { data, errors } = (await response.json()) as Answer<{
    enterOneTimePassword: { __typename: string; reason?: string };
  }>;
  const told = data?.enterOneTimePassword;
  return told?.reason ?? told?.__typename ?? errors?.[0]?.extensions.code ?? 'nothing';
}
