import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MessageKind, type Messenger, type Outgoing, Undeliverable } from '@app/messaging';
import { type Log, newId, silentLog } from '@app/platform';
import { ConsoleMessenger, NoMessenger } from './console-messenger.js';
import { GATEWAYS, type GatewayShape, SmsGateway } from './sms-gateway.js';
import { SmtpMessenger } from './smtp-messenger.js';

/** What came to the stub. */
interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}
interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  silent?: true;
}

/** A gateway of the spec's own: answers as it is told, and keeps what was sent. */
class GatewayStub {
  seen: Seen[] = [];
  answer: (seen: Seen) => Answer = () => ({});
  private readonly server: Server = createServer((request, response) => {
    void (async () => {
      const { method = '', url = '', headers } = request;
      const seen = { method, url, headers, body: await readText(request) };
      this.seen.push(seen);
      const { status = 200, body = {}, headers: more = {}, silent } = this.answer(seen);
      if (silent) return response.destroy();
      response.writeHead(status, { 'content-type': 'application/json', ...more });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    })();
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

const message = (): Outgoing => ({
  ...{
    id: newId(),
    kind: MessageKind.ONE_TIME_PASSWORD,
    to: '09123456789',
    text: 'کد ورود: ۱۲۳۴۵۶\n\n@maharat.example #123456',
  },
  parameters: { code: '123456', host: 'maharat.example' },
});

describe('a gateway of short messages', () => {
  const stub = new GatewayStub();
  let url: string;
  beforeAll(async () => void (url = await stub.start()));
  beforeEach(() => {
    stub.seen = [];
    stub.answer = () => ({});
  });
  afterAll(() => stub.stop());

  const known = { key: 'secret/key', sender: '2000500666', templates: { ONE_TIME_PASSWORD: '4711' } };
  // The stub stands on this machine, which is no part of the internet.
  const gateway = (name: string, shape = GATEWAYS[name] as GatewayShape) =>
    new SmsGateway({ shape, url, ...known, inside: true });
  const only = () => {
    expect(stub.seen).toHaveLength(1);
    return stub.seen[0]!;
  };
  const kavenegar = (entries: object[]) => ({ return: { status: 200, message: 'تایید شد' }, entries });

  it("in Kavenegar's shape sends the text with our id as its guard against doubles", async () => {
    stub.answer = () => ({ body: kavenegar([{ messageid: 8792343, status: 1 }]) });
    expect(await gateway('kavenegar').send(message())).toEqual({ providerId: '8792343' });
    const { method, url: path, headers, body } = only();
    expect([method, path]).toEqual(['POST', '/v1/secret%2Fkey/sms/send.json']);
    expect(headers['content-type']).toContain('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      ...{ receptor: '09123456789', sender: '2000500666', message: message().text },
      localid: expect.stringMatching(/^\d{1,19}$/),
    });
  });

  it("in Kavenegar's shape knows by our id what it took before", async () => {
    const sent = message();
    const kavenegarGateway = gateway('kavenegar');
    stub.answer = () => ({ body: kavenegar([{ messageid: 1, status: 1 }]) });
    await kavenegarGateway.send(sent);
    const localid = new URLSearchParams(only().body).get('localid');
    stub.answer = () => ({ body: kavenegar([{ messageid: 8792343, localid, status: 4 }]) });
    expect(await kavenegarGateway.find?.(sent.id)).toEqual({ providerId: '8792343' });
    expect(stub.seen[1]?.url).toBe(`/v1/secret%2Fkey/sms/statuslocalmessageid.json?localid=${localid}`);
    stub.answer = () => ({ body: kavenegar([{ messageid: 0, localid, status: 100 }]) });
    expect(await kavenegarGateway.find?.(sent.id)).toBeNull();
  });

  it.each([
    [10, 'DELIVERED'],
    [1, 'PENDING'],
    [11, 'FAILED'],
  ])("in Kavenegar's shape tells what status %i means", async (status, expected) => {
    stub.answer = () => ({ body: kavenegar([{ messageid: 7, status }]) });
    expect(await gateway('kavenegar').stateOf('7')).toBe(expected);
    expect(only().url).toBe('/v1/secret%2Fkey/sms/status.json?messageid=7');
  });

  it("in SMS.ir's shape sends the name of the template and what fills it", async () => {
    stub.answer = () => ({ body: { status: 1, message: 'موفق', data: { messageId: 89545112, cost: 1 } } });
    const smsir = gateway('smsir');
    expect(await smsir.send(message())).toEqual({ providerId: '89545112' });
    expect(smsir.find).toBeUndefined();
    const { method, url: path, headers, body } = only();
    expect([method, path, headers['x-api-key']]).toEqual(['POST', '/v1/send/verify', 'secret/key']);
    expect(JSON.parse(body)).toEqual({
      ...{ mobile: '09123456789', templateId: 4711 },
      parameters: [{ name: 'CODE', value: '123456' }],
    });
  });

  it.each([
    [1, 'DELIVERED'],
    [3, 'PENDING'],
    [7, 'FAILED'],
  ])("in SMS.ir's shape tells what delivery state %i means", async (deliveryState, expected) => {
    stub.answer = () => ({ body: { status: 1, data: { deliveryState } } });
    expect(await gateway('smsir').stateOf('89545112')).toBe(expected);
    expect(only()).toMatchObject({ method: 'GET', url: '/v1/send/89545112' });
  });

  it('speaks any other shape that is written down', async () => {
    const own: GatewayShape = {
      ...{ url: 'http://elsewhere.example', headers: { authorization: 'Key {key}' }, never: [] },
      good: { at: 'ok', is: [1] },
      send: { method: 'GET', path: '/send?to={to}&text={text}&id={id}', id: 'id' },
      state: { method: 'GET', path: '/state/{providerId}', at: 'state', delivered: [2], failed: [3] },
    };
    stub.answer = () => ({ body: { ok: 1, id: 'abc' } });
    const sent = message();
    expect(await gateway('', own).send(sent)).toEqual({ providerId: 'abc' });
    const asked = new URL(only().url, url);
    expect(asked.searchParams.get('text')).toBe(sent.text);
    expect(asked.searchParams.get('id')).toBe(sent.id);
    expect(only().headers.authorization).toBe('Key secret/key');
  });

  it('says no for good by an error of its own, and by nothing else', async () => {
    stub.answer = () => ({ status: 411, body: { return: { status: 411 }, entries: null } });
    await expect(gateway('kavenegar').send(message())).rejects.toBeInstanceOf(Undeliverable);
    stub.answer = () => ({ status: 503, body: 'busy' });
    await expect(gateway('kavenegar').send(message())).rejects.not.toBeInstanceOf(Undeliverable);
    stub.answer = () => ({ body: { return: { status: 418 }, entries: null } });
    await expect(gateway('kavenegar').send(message())).rejects.toThrow('HTTP_200');
    stub.answer = () => ({ silent: true });
    await expect(gateway('kavenegar').send(message())).rejects.not.toBeInstanceOf(Undeliverable);
  });

  it('follows no redirect, reads no long answer, and goes to no other host', async () => {
    stub.answer = () => ({ status: 302, headers: { location: `${url}/elsewhere` } });
    await expect(gateway('smsir').send(message())).rejects.toThrow();
    expect(only().url).toBe('/v1/send/verify');
    stub.answer = () => ({ body: 'x'.repeat(100_000) });
    await expect(gateway('smsir').send(message())).rejects.toThrow('LONG_ANSWER');
    const astray = GATEWAYS.smsir as GatewayShape;
    const state = { ...astray.state, path: '//elsewhere.example/{providerId}' };
    await expect(gateway('smsir', { ...astray, state }).stateOf('1')).rejects.toThrow('OTHER_HOST');
  });

  it.each([
    ...['http://127.0.0.1', 'http://2130706433', 'http://0x7f.1', 'https://10.1.2.3', 'https://172.31.255.255'],
    ...['https://192.168.1.1', 'http://169.254.169.254', 'https://100.64.0.1', 'https://0.0.0.0', 'https://239.1.1.1'],
    ...['http://[::1]', 'http://[::]', 'http://[::ffff:127.0.0.1]', 'http://[::ffff:a00:1]', 'https://[fe80::1]'],
    ...['https://[fd00::1]', 'https://[64:ff9b::7f00:1]', 'https://[2002:7f00:1::]', 'https://[ff02::1]'],
  ])('1.3.6 is not looked for at an address inside, however it is written: %s', (address) => {
    const shape = GATEWAYS.kavenegar as GatewayShape;
    expect(() => new SmsGateway({ shape, url: address, ...known })).toThrow('CLOSED_NETWORK');
    expect(new SmsGateway({ shape, url: address, ...known, inside: true }).name).toBe('gateway');
  });

  it.each(['https://8.8.8.8', 'https://[2001:4860:4860::8888]', 'https://172.32.0.1', 'https://[::ffff:8.8.8.8]'])(
    'is looked for in the internet: %s',
    (address) => {
      const shape = GATEWAYS.kavenegar as GatewayShape;
      expect(new SmsGateway({ shape, url: address, ...known }).name).toBe('gateway');
    },
  );

  it('1.3.6 connects to no name whose address lies inside, and to the very address that was looked at', async () => {
    const shape = GATEWAYS.smsir as GatewayShape;
    const named = url.replace('127.0.0.1', 'localhost');
    stub.answer = () => ({ body: { status: 1, data: { messageId: 1, deliveryState: 1 } } });
    await expect(new SmsGateway({ shape, url: named, ...known }).send(message())).rejects.toMatchObject({
      code: 'INSIDE_ADDRESS',
    });
    expect(stub.seen).toEqual([]);
    expect(await new SmsGateway({ shape, url: named, ...known, inside: true }).stateOf('1')).toBe('DELIVERED');
  });

  it('says in no error what it was told', async () => {
    stub.answer = () => ({ status: 400, body: { status: 104, message: '09123456789 123456' } });
    const error = await gateway('smsir')
      .send(message())
      .catch((caught: unknown) => caught as Error);
    expect(`${(error as Error).message}`).not.toMatch(/0912|123456|secret/);
  });
});

interface Mail {
  from: string;
  to: string;
  text: string;
}

describe('e-mail', () => {
  const mails: Mail[] = [];
  let refuse: number | null = null;
  let server: {
    listen(port: number, host: string, done: () => void): void;
    close(done: () => void): void;
    server: Server;
  };
  let messenger: Messenger;

  beforeAll(async () => {
    const { SMTPServer } = createRequire(import.meta.url)('smtp-server') as {
      SMTPServer: new (options: object) => typeof server;
    };
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address: object, _session: object, done: (error?: Error) => void) =>
        done(refuse ? Object.assign(new Error('no'), { responseCode: refuse }) : undefined),
      onData(
        stream: NodeJS.ReadableStream,
        { envelope }: { envelope: { mailFrom: { address: string }; rcptTo: { address: string }[] } },
        done: () => void,
      ) {
        const [to] = envelope.rcptTo;
        const keep = async () => {
          mails.push({ from: envelope.mailFrom.address, to: to?.address ?? '', text: await readText(stream) });
          done();
        };
        void keep();
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    messenger = new SmtpMessenger({
      url: `smtp://127.0.0.1:${port}`,
      from: 'noreply@maharat.example',
      host: 'maharat.example',
    });
  });
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)));
  const mail = () => ({ ...message(), to: 'zahra@example.org' });

  it('goes from the one sender under a subject that says nothing, with our id', async () => {
    const sent = mail();
    expect(await messenger.send(sent)).toEqual({ providerId: sent.id });
    const [came] = mails;
    expect(came).toMatchObject({ from: 'noreply@maharat.example', to: 'zahra@example.org' });
    expect(came?.text).toContain(`Message-ID: <${sent.id}@maharat.example>`);
    const subject = /^Subject: (.*(?:\r\n .*)*)/m.exec(came?.text ?? '')?.[1] ?? '';
    expect(Buffer.from(/\?B\?(.*)\?=/.exec(subject)?.[1] ?? '', 'base64').toString()).toBe('پیام سامانه');
  });

  it('takes no second line or recipient from an address', async () => {
    const before = mails.length;
    for (const to of ['a@example.org\r\nBcc: b@example.org', 'a@example.org, b@example.org'])
      await messenger.send({ ...mail(), to }).catch(() => undefined);
    for (const { text, to } of mails.slice(before)) {
      expect(text).not.toMatch(/^Bcc:/m);
      expect(to).not.toBe('b@example.org');
    }
  });

  it('fails for good when the server says so, and else may be tried again', async () => {
    refuse = 550;
    await expect(messenger.send(mail())).rejects.toBeInstanceOf(Undeliverable);
    refuse = 451;
    await expect(messenger.send(mail())).rejects.not.toBeInstanceOf(Undeliverable);
    refuse = null;
  });
});

describe('without a provider', () => {
  it('the log shows the message in development, the number masked', async () => {
    const lines: string[] = [];
    const info = (_: object, line: string) => void lines.push(line);
    const log: Log = Object.assign(Object.create(silentLog) as Log, { info });
    expect(await new ConsoleMessenger(log).send(message())).toEqual({ providerId: null });
    expect(lines.join()).toContain('#123456');
    expect(lines.join()).not.toContain('09123456789');
  });

  it('nothing is sent and nothing shown in production', async () => {
    await expect(new NoMessenger().send()).rejects.toMatchObject({ code: 'NO_MESSENGER' });
  });
});
