import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
// @ts-expect-error the package comes without types
import Provider from 'oidc-provider';
import { Accounts, OneTimeCode, Role, SecondFactorRule, UserAccount } from '@app/access';
import { BusinessEvent, SYSTEM } from '@app/platform';
import { type TestApi, testApi } from './test-api.js';

const PUBLIC_URL = 'http://maharat.test';
const CLIENT = { client_id: 'maharat', client_secret: 'a-secret-of-the-client-that-is-long-enough' };

/** A browser's cookies, by host, and no more of a browser than that. */
class Browser {
  private readonly jar = new Map<string, Map<string, string>>();

  constructor(private readonly api: string) {}

  async go(address: string, form?: Record<string, string>): Promise<Response> {
    const real = address.replace(PUBLIC_URL, this.api);
    const cookies = this.jar.get(new URL(real).host) ?? new Map<string, string>();
    this.jar.set(new URL(real).host, cookies);
    const answer = await fetch(real, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: this.cookies(real) },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  }

  cookies(address: string): string {
    const known = this.jar.get(new URL(address).host) ?? [];
    return [...known].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Follows redirects up to a page, and tells where it lies. */
  async follow(address: string, form?: Record<string, string>): Promise<string> {
    let at = address;
    let answer = await this.go(at, form);
    while (answer.status >= 300 && answer.status < 400) {
      at = new URL(answer.headers.get('location') ?? '', at).href;
      if (at.startsWith(`${PUBLIC_URL}/oidc/callback`)) return at;
      answer = await this.go(at);
    }
    return at;
  }

  /** Signs in at the provider, and gives the address that it sends the browser back to. */
  async signInAt(name: string): Promise<string> {
    let page = await this.follow(`${PUBLIC_URL}/oidc/start`);
    if (page.includes('/interaction/')) page = await this.follow(page, { prompt: 'login', login: name, password: 'x' });
    if (page.includes('/interaction/')) page = await this.follow(page, { prompt: 'consent' });
    return page;
  }
}

/** How the provider says that somebody has signed in there: methods of RFC 8176, and a level of its own. */
const SIGNED_IN_BY: Record<string, { amr?: string[]; acr?: string }> = {
  'by.password': { amr: ['pwd'] },
  'by.two': { amr: ['pwd', 'otp'] },
  'by.many': { amr: ['mfa'] },
  'by.two.cards': { amr: ['sc', 'hwk'] },
  'by.level': { acr: 'office:two' },
  'by.low.level': { acr: 'office:one' },
};

/** A provider of the spec's own; the settings are told where it is before the API starts. */
function realProvider(settings: Record<string, string>): void {
  let server: Server;
  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [{ ...CLIENT, redirect_uris: [`${PUBLIC_URL}/oidc/callback`], grant_types: ['authorization_code'] }],
      claims: { openid: ['sub', 'amr', 'acr'], profile: ['preferred_username'] },
      acrValues: ['office:one', 'office:two'],
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      cookies: { keys: ['a key of the spec'] },
      findAccount: (_context: unknown, sub: string) => ({
        accountId: sub,
        claims: () => ({ sub, preferred_username: sub }),
      }),
    });
    // Its own pages ask for a name alone; how else somebody came in is put in here.
    const finish = provider.interactionFinished.bind(provider) as (...given: unknown[]) => Promise<void>;
    provider.interactionFinished = (
      ask: unknown,
      reply: unknown,
      result: { login?: { accountId: string } },
      how: object,
    ) =>
      finish(
        ask,
        reply,
        result.login ? { login: { ...result.login, ...SIGNED_IN_BY[result.login.accountId] } } : result,
        how,
      );
    server.on('request', provider.callback());
    Object.assign(settings, {
      ...{ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT.client_id, OIDC_CLIENT_SECRET: CLIENT.client_secret },
    });
  });
  afterAll(() => void server?.close());
}

describe('single sign-on by a real provider', () => {
  const settings: Record<string, string> = { PUBLIC_URL };
  realProvider(settings);
  const api = testApi({ jobs: 0, settings });

  beforeAll(async () => {
    const person = { displayName: 'مریم کریمی', password: 'چای و گل سرخ' };
    const grants = [{ role: Role.PROVINCIAL_OFFICER, provinceCode: '15' }];
    await api.app.get(Accounts).create({ ...person, userName: 'm.karimi', grants });
  });

  const browser = () => new Browser(api.url);
  const viewer = async (visitor: Browser) => {
    const cookie = visitor.cookies(api.url);
    const answer = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query: '{ viewer { displayName role provinceCode } }' }),
    });
    return ((await answer.json()) as { data: { viewer: object | null } }).data.viewer;
  };
  const back = async (visitor: Browser, address: string) =>
    (await visitor.go(address)).headers.get('location') ?? 'nowhere';

  it('opens the account that the claim names, in our own role', async () => {
    const visitor = browser();
    expect(await back(visitor, await visitor.signInAt('m.karimi'))).toBe('/');
    expect(await viewer(visitor)).toEqual({
      displayName: 'مریم کریمی',
      role: 'PROVINCIAL_OFFICER',
      provinceCode: '15',
    });
  });

  it('opens nothing for who has no account here', async () => {
    const visitor = browser();
    expect(await back(visitor, await visitor.signInAt('somebody.else'))).toBe('/sign-in?refused=sso');
    expect(await viewer(visitor)).toBeNull();
  });

  it('takes an answer once, and only in the browser that asked', async () => {
    const visitor = browser();
    const address = await visitor.signInAt('m.karimi');
    expect(await back(browser(), address)).toBe('/sign-in?refused=sso');
    expect(await back(visitor, address)).toBe('/');
    expect(await back(visitor, address)).toBe('/sign-in?refused=sso');
  });

  it('takes no answer of another state', async () => {
    const visitor = browser();
    const address = await visitor.signInAt('m.karimi');
    expect(await back(visitor, address.replace(/state=[^&]+/, 'state=another'))).toBe('/sign-in?refused=sso');
  });

  it('has a button while there is a provider', async () => {
    expect(await api.nobody.do('{ singleSignOn }')).toEqual({ singleSignOn: 'ورود با حساب سازمانی' });
  });
});

/** Officers of a province that has asked for a second factor for longer than the days of grace. */
async function strictProvince(api: TestApi): Promise<void> {
  const long = new Date(Date.now() - 30 * 24 * 3_600_000);
  const { database } = api.backend;
  for (const userName of ['by.nothing', ...Object.keys(SIGNED_IN_BY)]) {
    const grants = [{ role: Role.PROVINCIAL_OFFICER, provinceCode: '15' }];
    await api.app.get(Accounts).create({ userName, displayName: 'مریم کریمی', password: 'چای و گل سرخ', grants });
  }
  await database.write(SYSTEM, async (tx) => {
    await tx.insert(SecondFactorRule, { id: '/15/', required: true, requiredSince: long, networks: [] });
    await tx.execute('UPDATE user_account SET graceFrom = ?', [long]);
  });
}
/** Where each comes to who signs in at the provider. */
async function doorsOf(api: TestApi, names: string[]): Promise<Record<string, string | null>> {
  const doors: Record<string, string | null> = {};
  for (const name of names) {
    const visitor = new Browser(api.url);
    doors[name] = (await visitor.go(await visitor.signInAt(name))).headers.get('location');
  }
  return doors;
}

describe('single sign-on and the second factor', () => {
  const settings: Record<string, string> = { PUBLIC_URL, OIDC_ACR: 'office:two office:three' };
  realProvider(settings);
  const api = testApi({ jobs: 0, settings });
  const turnedAway = '/sign-in?refused=factor';
  beforeAll(() => strictProvince(api));

  it('6.3.4 an office that asks for one is told of one, by methods or by a level, or nobody comes in', async () => {
    expect(await doorsOf(api, ['by.nothing', ...Object.keys(SIGNED_IN_BY)])).toEqual({
      ...{ 'by.nothing': turnedAway, 'by.password': turnedAway, 'by.two': '/', 'by.many': '/' },
      ...{ 'by.two.cards': turnedAway, 'by.level': '/', 'by.low.level': turnedAway },
    });
    const { database } = api.backend;
    const failed = await database.read((tx) => tx.repo(BusinessEvent).findBy({ name: 'SignInFailed' }));
    expect(failed).toHaveLength(4);
  });

  it('6.3.4 who has one is asked for it here as at the password, also while no office asks', async () => {
    await api.backend.database.write(SYSTEM, (tx) => tx.execute('UPDATE second_factor_rule SET required = 0'));
    const door = () => doorsOf(api, ['by.password']);
    expect(await door()).toEqual({ 'by.password': '/' });
    await api.backend.database.write(SYSTEM, async (tx) => {
      const { id: userId } = await tx.get(UserAccount, { userName: 'by.password' });
      await tx.insert(OneTimeCode, { userId, digest: 'a'.repeat(64), createdAt: new Date(), usedAt: null });
    });
    expect(await door()).toEqual({ 'by.password': turnedAway });
  });
});

describe('single sign-on at a provider whose second factor is trusted', () => {
  const settings: Record<string, string> = { PUBLIC_URL, OIDC_SECOND_FACTOR: 'trust' };
  realProvider(settings);
  const api = testApi({ jobs: 0, settings });
  beforeAll(() => strictProvince(api));

  it('lets in whom it names, whatever it tells of how', async () => {
    expect(await doorsOf(api, ['by.nothing', 'by.password'])).toEqual({ 'by.nothing': '/', 'by.password': '/' });
  });
});

describe('without a provider', () => {
  const api = testApi({ jobs: 0 });

  it('there is no single sign-on', async () => {
    expect(await api.nobody.do('{ singleSignOn }')).toEqual({ singleSignOn: null });
    for (const path of ['/oidc/start', '/oidc/callback?code=x&state=y'])
      expect((await api.nobody.get(path)).status).toBe(404);
  });
});
