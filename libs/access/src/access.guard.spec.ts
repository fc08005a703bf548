import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unwrapResolverError } from '@apollo/server/errors';
import { Catch, Controller, Get, Global, type ArgumentsHost, Module, Post } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Messengers } from '@app/messaging';
import { Clock, Database, Failure, Keys, Log, readSettings, Settings, silentLog } from '@app/platform';
import { PRODUCTION, TestClock, testDatabase } from '@app/testing';
import { AccessModule } from './access.module.js';
import { Accounts } from './account/accounts.service.js';
import { UserAccount } from './account/user-account.entity.js';
import { type Actor, Role } from './actor.rules.js';
import { Allow, ANYONE, CurrentActor, SIGNED_IN } from './allow.js';
import { Graduates } from './graduate/graduates.js';
import { createFirstAdministratorInvitation } from './invitation/invitations.service.js';
import { CodePaper } from './code-paper.js';
import { Places } from './places.js';
import { WorkDays } from './agreement/work-days.js';
import { NoSignOn, SingleSignOn } from './session/single-sign-on.js';
import { graphqlContext } from './request.js';

@Resolver()
class SpecResolver {
  @Query(() => String)
  undeclared() {
    return 'reached';
  }

  @Allow(ANYONE)
  @Query(() => String)
  open() {
    return 'reached';
  }

  @Allow(SIGNED_IN)
  @Query(() => String)
  signedIn(@CurrentActor() actor: Actor) {
    return actor.role;
  }

  @Allow(Role.ADMINISTRATOR)
  @Mutation(() => String)
  administrators() {
    return 'reached';
  }

  @Allow(Role.COUNTY_OFFICER)
  @Subscription(() => String, { resolve: (value: string) => value })
  async *countyNews(@CurrentActor() actor: Actor) {
    yield await Promise.resolve(actor.userId);
  }

  @Subscription(() => String)
  async *undeclaredNews() {
    yield await Promise.resolve('reached');
  }
}

@Controller()
class SpecController {
  @Get('undeclared')
  undeclared() {
    return 'reached';
  }

  @Allow(ANYONE)
  @Get('open')
  open() {
    return 'reached';
  }

  @Allow(SIGNED_IN)
  @Post('uploads')
  upload(@CurrentActor() actor: Actor) {
    return actor.userId;
  }
}

/** Answers a failure by its code, as the API does. */
@Catch(Failure)
class CodeFilter {
  catch(failure: Failure, host: ArgumentsHost) {
    if (host.getType<string>() === 'graphql') return failure;
    return host
      .switchToHttp()
      .getResponse<{ code(n: number): { send(text: string): void } }>()
      .code(403)
      .send(failure.code);
  }
}

const clock = new TestClock();
const password = 'چای و گل سرخ';

/** A server with nothing but the access lib and the operations above, on a free port. */
async function serve(db: ReturnType<typeof testDatabase>, settings: Settings): Promise<NestFastifyApplication> {
  const platform = [
    { provide: Database, useValue: db.database },
    { provide: Clock, useValue: clock },
    { provide: Keys, useValue: db.keys },
    { provide: Log, useValue: silentLog },
    { provide: Settings, useValue: settings },
    { provide: Places, useValue: { within: async () => true } },
    { provide: WorkDays, useValue: { between: async () => 0 } },
    { provide: Graduates, useValue: { at: async () => [] } },
    { provide: Messengers, useValue: {} },
    { provide: SingleSignOn, useClass: NoSignOn },
    { provide: Log, useValue: silentLog },
    { provide: CodePaper, useValue: { draw: async () => new Uint8Array() } },
  ];
  @Global()
  @Module({ providers: platform, exports: platform.map(({ provide }) => provide) })
  class SpecPlatform {}
  const graphql = GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    autoSchemaFile: true,
    graphiql: false,
    subscriptions: { 'graphql-ws': true },
    context: graphqlContext,
    formatError: (formatted, error) => {
      const failure = unwrapResolverError(error);
      return { ...formatted, extensions: { code: failure instanceof Failure ? failure.code : formatted.message } };
    },
  });
  const module = await Test.createTestingModule({
    imports: [SpecPlatform, AccessModule, graphql],
    controllers: [SpecController],
    providers: [SpecResolver, { provide: APP_FILTER, useClass: CodeFilter }],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** A browser: keeps one cookie, sends it with every request. */
class Browser {
  cookie = '';
  setCookie: string | null = null;

  constructor(readonly url: string) {}

  async ask(
    query: string,
    variables: object = {},
  ): Promise<{ data: Record<string, unknown> | null; codes: unknown[] }> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.cookie },
      body: JSON.stringify({ query, variables }),
    });
    this.setCookie = response.headers.get('set-cookie');
    if (this.setCookie) this.cookie = this.setCookie.split(';')[0] ?? '';
    const { data, errors = [] } = (await response.json()) as {
      data: Record<string, unknown> | null;
      errors?: { extensions: { code: string } }[];
    };
    return { data, codes: errors.map(({ extensions }) => extensions.code) };
  }

  signIn(userName: string, typed = password) {
    return this.ask(
      `mutation ($input: SignInInput!) { signIn(input: $input) {
         __typename
         ... on SignedIn { viewer { displayName role officeId grants { id role } } }
         ... on SignInRefused { reason retryAfterSeconds } } }`,
      { input: { userName, password: typed } },
    );
  }

  post(path: string, headers: Record<string, string> = {}) {
    return fetch(`${this.url}${path}`, { method: 'POST', headers: { cookie: this.cookie, ...headers } });
  }

  /** A web socket that stays open until it is disposed of. */
  socket(headers: Record<string, string> = {}): Client {
    const { cookie } = this;
    class Socket extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { headers: { cookie, ...headers } });
      }
    }
    const url = `${this.url.replace('http', 'ws')}/graphql`;
    return createClient({ url, webSocketImpl: Socket, retryAttempts: 0, lazy: false });
  }

  async hear(field: string, headers: Record<string, string> = {}): Promise<unknown> {
    const socket = this.socket(headers);
    return hear(socket, field).finally(() => socket.dispose());
  }
}

/** The first thing a subscription tells, or why it fails. */
const hear = (socket: Client, field: string): Promise<unknown> =>
  new Promise((resolve) => {
    socket.subscribe<Record<string, unknown>>(
      { query: `subscription { ${field} }` },
      {
        next: ({ data, errors }) => resolve(errors ? errors[0]?.message : data?.[field]),
        error: (errors) => resolve(Array.isArray(errors) ? (errors[0] as Error).message : errors),
        complete: () => {},
      },
    );
  });

const addressOf = (app: NestFastifyApplication) =>
  `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;

describe('the guard', () => {
  const db = testDatabase(clock);
  let app: NestFastifyApplication;
  let secured: NestFastifyApplication;
  let userId: string;
  const anonymous = () => new Browser(addressOf(app));
  const officer = async () => {
    const browser = anonymous();
    await browser.signIn('officer');
    return browser;
  };

  beforeAll(async () => {
    app = await serve(db, readSettings({ NODE_ENV: 'test', PUBLIC_URL: 'http://maharat.example:3000' }));
    secured = await serve(db, readSettings(PRODUCTION));
    ({ userId } = await app.get(Accounts).create({
      userName: 'officer',
      displayName: 'مریم رضایی',
      password,
      grants: [{ role: Role.COUNTY_OFFICER, provinceCode: '23', officeId: 'office' }, { role: Role.ADMINISTRATOR }],
    }));
  }, 60_000);
  afterAll(() => Promise.all([app.close(), secured.close()]));

  it('16.5.3 keeps closed to everyone what does not say who may call it', async () => {
    for (const browser of [anonymous(), await officer()]) {
      expect(await browser.ask('{ undeclared }')).toEqual({ data: null, codes: ['FORBIDDEN'] });
      expect(await (await fetch(`${browser.url}/undeclared`, { headers: { cookie: browser.cookie } })).text()).toBe(
        'FORBIDDEN',
      );
      expect(await browser.hear('undeclaredNews')).toBe('Not allowed');
    }
  });

  it('opens to each what is theirs', async () => {
    expect(await anonymous().ask('{ open }')).toEqual({ data: { open: 'reached' }, codes: [] });
    expect(await (await fetch(`${addressOf(app)}/open`)).text()).toBe('reached');
    expect((await anonymous().ask('{ signedIn }')).codes).toEqual(['UNAUTHENTICATED']);
    const browser = await officer();
    expect((await browser.ask('{ signedIn }')).data).toEqual({ signedIn: 'COUNTY_OFFICER' });
    expect((await browser.ask('mutation { administrators }')).codes).toEqual(['FORBIDDEN']);
    expect((await anonymous().ask('mutation { administrators }')).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('knows who opened a web socket, at each subscription anew', async () => {
    const browser = await officer();
    expect(await browser.hear('countyNews')).toBe(userId);
    expect(await anonymous().hear('countyNews')).toBe('Sign in first');
    const host = new URL(browser.url).host;
    expect(await browser.hear('countyNews', { origin: `http://${host}` })).toBe(userId);
    expect(await browser.hear('countyNews', { origin: 'http://maharat.example:3000' })).toBe(userId);
    expect(await browser.hear('countyNews', { origin: 'https://elsewhere.example' })).toBe('Not allowed');

    const socket = browser.socket();
    expect(await hear(socket, 'countyNews')).toBe(userId);
    await browser.ask('mutation { signOut }');
    expect(await hear(socket, 'countyNews')).toBe('Sign in first');
    await socket.dispose();
  });

  it('3.5.1 3.5.2 takes a post with a cookie only from a page of ours', async () => {
    const browser = await officer();
    const told = async (headers: Record<string, string>) => (await browser.post('/uploads', headers)).text();
    expect(await told({})).toBe('FORBIDDEN');
    expect(await told({ origin: 'https://elsewhere.example' })).toBe('FORBIDDEN');
    expect(await told({ origin: 'null' })).toBe('FORBIDDEN');
    expect(await told({ origin: browser.url })).toBe(userId);
    expect(await told({ 'x-requested-with': 'maharat' })).toBe(userId);
    expect(await (await anonymous().post('/uploads', { 'x-requested-with': 'x' })).text()).toBe('UNAUTHENTICATED');
  });

  it('reads the session once for all fields of an operation', async () => {
    const browser = await officer();
    const one = await db.statementsOf(() => browser.ask('{ signedIn }'));
    expect(one).toBe(1);
    expect(await db.statementsOf(() => browser.ask('{ a: signedIn b: signedIn c: open viewer { role } }'))).toBe(1);
  });

  it('lets nobody in whose account was disabled or whose session has ended', async () => {
    const browser = await officer();
    const disable = (disabled: boolean) =>
      db.database.write({ userId: 'spec' }, (tx) => tx.update(UserAccount, { id: userId }, { disabled }));
    await disable(true);
    expect((await browser.ask('{ signedIn }')).codes).toEqual(['UNAUTHENTICATED']);
    await disable(false);
    expect((await browser.ask('{ signedIn }')).codes).toEqual([]);
    clock.forward(31 * 60_000);
    expect((await browser.ask('{ signedIn }')).codes).toEqual(['UNAUTHENTICATED']);
    expect((await browser.ask('{ viewer { role } }')).data).toEqual({ viewer: null });
  });

  it('knows no cookie by another name, and no forged token', async () => {
    const browser = await officer();
    const token = browser.cookie.split('=')[1] ?? '';
    for (const cookie of [`__Host-session=${token}`, `xsession=${token}`, `session=${token.slice(1)}`, 'session', '']) {
      browser.cookie = cookie;
      expect((await browser.ask('{ signedIn }')).codes).toEqual(['UNAUTHENTICATED']);
    }
    browser.cookie = `a=b; session=${token}; c=d`;
    expect((await browser.ask('{ signedIn }')).codes).toEqual([]);
  });

  describe('and the session behind it', () => {
    it('3.3 is carried by a cookie that no script reads and no other site sends', async () => {
      const browser = await officer();
      expect(browser.setCookie).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
      const safe = new Browser(addressOf(secured));
      await safe.signIn('officer');
      expect(safe.setCookie).toMatch(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
      expect((await safe.ask('{ signedIn }')).codes).toEqual([]);
    });

    it('shows the viewer, their role and all roles they hold', async () => {
      const { data } = await anonymous().signIn('officer');
      expect(data).toEqual({
        signIn: {
          __typename: 'SignedIn',
          viewer: {
            displayName: 'مریم رضایی',
            role: 'COUNTY_OFFICER',
            officeId: 'office',
            grants: [
              { id: expect.any(String), role: 'COUNTY_OFFICER' },
              { id: expect.any(String), role: 'ADMINISTRATOR' },
            ],
          },
        },
      });
      expect((await anonymous().ask('{ viewer { role } }')).data).toEqual({ viewer: null });
    });

    it('is not begun by a wrong password', async () => {
      const browser = anonymous();
      const refused = { __typename: 'SignInRefused', reason: 'WRONG_PASSWORD', retryAfterSeconds: 1 };
      expect((await browser.signIn('nobody', 'not the password')).data).toEqual({ signIn: refused });
      expect(browser.setCookie).toBeNull();
    });

    it('ends by sign-out, which takes the cookie back', async () => {
      const browser = await officer();
      const { cookie } = browser;
      expect((await browser.ask('mutation { signOut }')).data).toEqual({ signOut: true });
      expect(browser.setCookie).toBe('session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
      browser.cookie = cookie;
      expect((await browser.ask('{ signedIn }')).codes).toEqual(['UNAUTHENTICATED']);
      expect((await browser.ask('mutation { signOut }')).data).toEqual({ signOut: true });
    });

    it('goes on in another role under a new cookie; the old one is dead', async () => {
      const browser = await officer();
      const { cookie } = browser;
      const { data } = await browser.ask('{ viewer { grants { id role } } }');
      const { grants } = data!.viewer as { grants: { id: string; role: string }[] };
      const switched = await browser.ask(
        'mutation ($id: ID!) { switchRole(grantId: $id) { viewer { role officeId grantId } } }',
        { id: grants[1]?.id },
      );
      expect(switched.data?.switchRole).toEqual({
        viewer: { role: 'ADMINISTRATOR', officeId: null, grantId: grants[1]?.id },
      });
      expect(browser.cookie).not.toBe(cookie);
      expect((await browser.ask('mutation { administrators }')).data).toEqual({ administrators: 'reached' });
      browser.cookie = cookie;
      expect((await browser.ask('{ signedIn }')).codes).toEqual(['UNAUTHENTICATED']);
    });

    it('begins by an invitation, which invites on', async () => {
      const accept = (browser: Browser, token: string, userName: string) =>
        browser.ask(
          `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
             __typename ... on SignedIn { viewer { role provinceCode } } ... on InvitationRefused { reason } } }`,
          { input: { token, userName, password, displayName: 'مهمان' } },
        );
      const first = await createFirstAdministratorInvitation(db.database, clock);
      const administrator = anonymous();
      expect((await accept(administrator, first.token, 'admin')).data?.acceptInvitation).toMatchObject({
        viewer: { role: 'ADMINISTRATOR' },
      });
      const { data, codes } = await administrator.ask(
        `mutation { inviteUser(input: { role: PROVINCIAL_OFFICER, provinceCode: "23" }) { token link expiresAt } }`,
      );
      expect(codes).toEqual([]);
      const { token, link } = data!.inviteUser as { token: string; link: string };
      expect(link).toBe(`http://maharat.example:3000/invitation#${token}`);
      const provincial = anonymous();
      expect((await accept(provincial, token, 'provincial')).data?.acceptInvitation).toEqual({
        __typename: 'SignedIn',
        viewer: { role: 'PROVINCIAL_OFFICER', provinceCode: '23' },
      });
      expect((await accept(anonymous(), token, 'late')).data?.acceptInvitation).toEqual({
        __typename: 'InvitationRefused',
        reason: 'INVITATION_ENDED',
      });
      expect(
        (await provincial.ask('mutation { inviteUser(input: { role: NATIONAL_OFFICER }) { token } }')).codes,
      ).toEqual(['FORBIDDEN']);
    });

    it('is not begun over a web socket, which can take no cookie', async () => {
      const client = anonymous().socket();
      const answer = await new Promise((resolve) =>
        client.subscribe(
          { query: `mutation { signIn(input: { userName: "officer", password: "x" }) { __typename } }` },
          { next: resolve, error: resolve, complete: () => {} },
        ),
      );
      await client.dispose();
      expect(answer).toMatchObject({ errors: [{ message: 'Not allowed' }] });
    });
  });
});
