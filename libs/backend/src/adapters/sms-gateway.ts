import { createHash } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import { type Delivery, Messenger, type Outgoing, Undeliverable } from '@app/messaging';
import { CannotStart } from '../cannot-start.js';
import { isInside, lookupOutside } from './outside-hosts.js';

/** One call to a gateway. Places such as `{to}` are filled in path, headers and body alike. */
interface GatewayCall {
  method: 'GET' | 'POST';
  path: string;
  body?: { form: Record<string, string> } | { json: Record<string, string> };
}

/**
 * A gateway as data: its calls, and where its answers say what. A place in an answer is a path such as
 * `entries.0.messageid`. What fills calls: `{key} {sender} {to} {text} {template} {id} {number} {providerId} {parameters}`;
 * `{number}` is our id as a number of 60 bits, `{template:number}` goes as a number, `{parameters}` as a list of
 * `{ name, value }`.
 */
export interface GatewayShape {
  url: string;
  headers: Record<string, string>;
  /** An answer that has one of these values here went well. */
  good: { at: string; is: number[] };
  /** Statuses of HTTP with which the gateway says that a message will never go. */
  never: number[];
  send: GatewayCall & { id: string };
  /** Asks for a message by our id; `none` are the values there that mean that there is no such message. */
  find?: GatewayCall & { id: string; state: string; none: number[] };
  state: GatewayCall & { at: string; delivered: number[]; failed: number[] };
}

/** The shapes that come with the product, as the gateways publish them; looked up in 2026-11. */
export const GATEWAYS: Record<string, GatewayShape> = {
  // kavenegar.com/rest.html: our id as `localid` is its guard against doubles, for twelve hours.
  kavenegar: {
    url: 'https://api.kavenegar.com',
    headers: {},
    good: { at: 'return.status', is: [200] },
    never: [411, 413, 422],
    send: {
      method: 'POST',
      path: '/v1/{key}/sms/send.json',
      body: { form: { receptor: '{to}', sender: '{sender}', message: '{text}', localid: '{number}' } },
      id: 'entries.0.messageid',
    },
    find: {
      method: 'GET',
      path: '/v1/{key}/sms/statuslocalmessageid.json?localid={number}',
      id: 'entries.0.messageid',
      state: 'entries.0.status',
      none: [100],
    },
    state: {
      method: 'GET',
      path: '/v1/{key}/sms/status.json?messageid={providerId}',
      at: 'entries.0.status',
      delivered: [10],
      failed: [6, 11, 13, 14],
    },
  },
  // sms.ir/developer-web-service/rest-api: texts are templates at the gateway; it has no place for our id.
  smsir: {
    url: 'https://api.sms.ir',
    headers: { 'x-api-key': '{key}' },
    good: { at: 'status', is: [1] },
    never: [400],
    send: {
      method: 'POST',
      path: '/v1/send/verify',
      body: { json: { mobile: '{to}', templateId: '{template:number}', parameters: '{parameters}' } },
      id: 'data.messageId',
    },
    state: {
      method: 'GET',
      path: '/v1/send/{providerId}',
      at: 'data.deliveryState',
      delivered: [1],
      failed: [2, 4, 6, 7],
    },
  },
};

interface GatewayOptions {
  shape: GatewayShape;
  /** In place of the shape's own address. */
  url?: string | undefined;
  key: string;
  sender: string;
  /** The gateway's name of the text of each kind, where it has the texts. */
  templates: Record<string, string>;
  /** A setting says that it stands in a network of our own; any other is looked for in the internet alone. */
  inside?: boolean;
}

const TIMEOUT_MS = 10_000;
const LONGEST_ANSWER = 64 * 1024;
const REFUSED = 400;
const OK = 200;
const MOVED = 300;

/** Sends short messages through any gateway that speaks JSON over http, by its shape. */
export class SmsGateway extends Messenger {
  readonly name = 'gateway';
  /** The one host it speaks to. */
  private readonly base: URL;

  /** @throws CannotStart it is an address inside, and no setting says so */
  constructor(private readonly options: GatewayOptions) {
    super();
    this.base = new URL(options.url ?? options.shape.url);
    const host = this.base.hostname.replace(/^\[|\]$/g, '');
    // An address is looked up nowhere, so it is looked at here.
    if (!options.inside && isIP(host) && isInside(host)) throw new CannotStart(...isInsideOf(host));
    if (!options.shape.find) this.find = undefined;
  }

  async send(message: Outgoing): Promise<{ providerId: string }> {
    const { send } = this.options.shape;
    const answer = await this.call(send, { ...this.filling(message.id), ...this.saying(message) });
    return { providerId: text(answer, send.id) };
  }

  override find?: Messenger['find'] = async (id) => {
    const { find } = this.options.shape;
    if (!find) return null;
    const answer = await this.call(find, this.filling(id));
    const state = at(answer, find.state);
    if (state === undefined || find.none.includes(Number(state))) return null;
    return { providerId: text(answer, find.id) };
  };

  override async stateOf(providerId: string): Promise<Delivery> {
    const { state } = this.options.shape;
    const value = Number(at(await this.call(state, { ...this.filling(''), providerId }), state.at));
    if (state.delivered.includes(value)) return 'DELIVERED';
    return state.failed.includes(value) ? 'FAILED' : 'PENDING';
  }

  private filling(id: string) {
    const { key, sender } = this.options;
    return { key, sender, id, number: numberOf(id) };
  }

  private saying({ to, text: said, kind, parameters }: Outgoing) {
    const template = this.options.templates[kind] ?? '';
    const { host: _, ...told } = parameters;
    const list = Object.entries(told).map(([name, value]) => ({ name: name.toUpperCase(), value }));
    return { to, text: said, template, parameters: list };
  }

  /** @throws Undeliverable the gateway says no for good; Error it is not known what became of the call */
  private async call({ method, path, body }: GatewayCall, filling: Filling): Promise<unknown> {
    const { shape } = this.options;
    const url = new URL(filled(path, filling, encodeURIComponent), this.base);
    // A filled place is encoded, so that only a wrong shape could lead elsewhere.
    if (url.origin !== this.base.origin) throw coded('OTHER_HOST');
    const headers: Record<string, string> = { accept: 'application/json' };
    for (const [name, value] of Object.entries(shape.headers)) headers[name] = filled(value, filling);
    let sent = '';
    if (body && 'form' in body) {
      headers['content-type'] = 'application/x-www-form-urlencoded;charset=UTF-8';
      sent = new URLSearchParams(each(body.form, (value) => filled(value, filling))).toString();
    }
    if (body && 'json' in body) {
      headers['content-type'] = 'application/json';
      sent = JSON.stringify(each(body.json, (value) => worth(value, filling)));
    }
    const response = await this.answerTo(url, { method, headers }, sent);
    const status = response.statusCode ?? 0;
    const answer = await readAnswer(response);
    const well = status >= OK && status < MOVED;
    if (shape.good.is.includes(Number(at(answer, shape.good.at))) && well) return answer;
    if (status >= REFUSED && shape.never.includes(status)) throw new Undeliverable(`HTTP_${status}`);
    throw coded(`HTTP_${status}`);
  }

  /** Not by `fetch`, which goes to whatever address a name has by then, and follows where it is sent. */
  private answerTo(url: URL, call: http.RequestOptions, body: string): Promise<http.IncomingMessage> {
    const { request } = url.protocol === 'https:' ? https : http;
    const guarded = { ...call, agent: false as const, ...(!this.options.inside && { lookup: lookupOutside }) };
    return new Promise((resolve, reject) => {
      const asked = request(url, { ...guarded, signal: AbortSignal.timeout(TIMEOUT_MS) }, resolve);
      asked.on('error', reject);
      asked.end(body);
    });
  }
}

const isInsideOf = (host: string): [string, string] => [
  `نشانی درگاه پیامک (${host}) در شبکهٔ داخلی است؛ اگر درست است آن را در CLOSED_NETWORK بنویسید.`,
  `The address of the SMS gateway (${host}) lies in a network of your own; if it is meant, name it in CLOSED_NETWORK.`,
];

type Filling = Record<string, string | { name: string; value: string }[]>;

const PLACE = /\{(\w+)\}/g;

const filled = (text: string, filling: Filling, form = (value: string) => value): string =>
  text.replace(PLACE, (_, name: string) => {
    const value = filling[name];
    return typeof value === 'string' ? form(value) : '';
  });

/** The value of a place in JSON: a list or a number where the shape wants one. */
function worth(text: string, filling: Filling): unknown {
  const [, whole, type] = /^\{(\w+)(?::(number))?\}$/.exec(text) ?? [];
  if (!whole) return filled(text, filling);
  return type === 'number' ? Number(filling[whole]) : (filling[whole] ?? '');
}

const each = <T>(of: Record<string, string>, make: (value: string) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, make(value)]));

/** What stands in an answer at a path such as `entries.0.messageid`. */
const at = (answer: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((found, name) => (found as Record<string, unknown> | null | undefined)?.[name], answer);

function text(answer: unknown, path: string): string {
  const found = at(answer, path);
  if (typeof found !== 'string' && typeof found !== 'number') throw coded('NO_ID');
  return String(found).slice(0, 100);
}

/** Our id as a number that fits into a signed one of 64 bits: gateways keep theirs so. */
const numberOf = (id: string): string =>
  BigInt(`0x${createHash('sha256').update(id).digest('hex').slice(0, 15)}`).toString();

/** An answer of JSON, read no further than it may be long. */
async function readAnswer(response: http.IncomingMessage): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response) {
    const bytes = part as Uint8Array;
    if ((length += bytes.length) > LONGEST_ANSWER) throw coded('LONG_ANSWER');
    parts.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString()) as unknown;
  } catch {
    return null;
  }
}

/** An error that is told by its code: a text might quote the number or the key. */
const coded = (code: string): Error => Object.assign(new Error(code), { code });
