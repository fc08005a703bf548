import { beforeEach, describe, expect, it } from '@jest/globals';
import { armFailpoint, Later, Log, readSettings, silentLog, SYSTEM } from '@app/platform';
import { TestClock, testDatabase } from '@app/testing';
import { MessageJobs } from './message.jobs.js';
import {
  askAgainAfter,
  breaksOut,
  kinds,
  MessageKind,
  MessageState,
  pauseAfter,
  quietFor,
  readQuietHours,
} from './message.rules.js';
import { Messages, mobileIndex } from './messages.service.js';
import { type Delivery, Messenger, type Outgoing, Undeliverable } from './messenger.js';
import { OutgoingMessage } from './outgoing-message.entity.js';

const at = (local: string) => new Date(`2026-11-21T${local}:00.000+03:30`);
const MINUTE = 60_000;

describe('the rules of messages', () => {
  it.each([
    ['before it', '21:59', 0],
    ['as it begins', '22:00', 540],
    ['after midnight', '00:30', 390],
    ['at its last minute', '06:59', 1],
    ['as it ends', '07:00', 0],
  ])('wait for the morning %s', (_, time, minutes) => {
    expect(quietFor(readQuietHours('22:00-07:00'), at(time))).toBe(minutes * MINUTE);
  });

  it('know a quiet noon, and no quiet at all', () => {
    expect(quietFor(readQuietHours('13:00-15:00'), at('14:30'))).toBe(30 * MINUTE);
    expect(quietFor(readQuietHours('13:00-15:00'), at('15:00'))).toBe(0);
    expect(quietFor(readQuietHours('off'), at('03:00'))).toBe(0);
  });

  it('pause longer after each try, and ask ever more seldom what became of a message', () => {
    expect([1, 2, 3, 9].map(pauseAfter)).toEqual([5_000, 15_000, 60_000, 3_600_000]);
    const sent = at('12:00');
    const later = (minutes: number) => askAgainAfter(sent, new Date(sent.getTime() + minutes * MINUTE));
    expect([later(0), later(10), later(25 * 60)]).toEqual([30_000, 10 * MINUTE, null]);
  });

  it.each(['a\nb', 'a\rb', 'a\u0000', 'a\u2028b', '\u202eb'])('1.3.11 see what breaks out of a text: %j', (text) => {
    expect(breaksOut(text)).toBe(true);
    expect(breaksOut('کد ۱۲۳ می‌رود')).toBe(false);
  });

  it('say the same to everyone, and nothing of who, where or which programme', () => {
    for (const kind of Object.values(MessageKind)) {
      const text = kinds[kind].text({ code: '123456', day: '۱ آذر ۱۴۰۵', host: 'maharat.example' });
      expect(text).not.toMatch(/زندان|بنیاد|انجمن|حمایت|رایگان|تسویه|دوره|آموزشگاه|گواهی/);
      expect(text.length).toBeLessThan(200);
    }
    expect(kinds.ONE_TIME_PASSWORD.text({ code: '123456', host: 'maharat.example' })).toContain(
      '\n@maharat.example #123456',
    );
  });
});

/** A provider that does what the spec wants, and remembers what it took. */
class Provider extends Messenger {
  readonly name = 'spec';
  taken: Outgoing[] = [];
  asked = 0;
  delivery: Delivery = 'PENDING';
  fault: Error | null = null;

  async send(message: Outgoing) {
    if (this.fault) throw this.fault;
    this.taken.push(message);
    return { providerId: `p-${this.taken.length}` };
  }
  override find?: Messenger['find'] = async (id) => {
    this.asked++;
    const at = this.taken.findIndex((one) => one.id === id);
    return at < 0 ? null : { providerId: `p-${at + 1}` };
  };
  override async stateOf(): Promise<Delivery> {
    return this.delivery;
  }
}

describe('a message', () => {
  const clock = new TestClock();
  const db = testDatabase(clock);
  const settings = readSettings({ DATA_DIR: '/nowhere', PUBLIC_URL: 'http://maharat.example' });
  let provider: Provider;
  let messages: Messages;
  let jobs: MessageJobs;
  let told: object[];
  const to = '09123456789';

  beforeEach(async () => {
    clock.set('2026-11-21');
    armFailpoint(undefined);
    provider = new Provider();
    messages = new Messages(clock, db.keys, settings);
    told = [];
    const warn = (fields: object, message: string) => void told.push({ fields, message });
    const log: Log = Object.assign(Object.create(silentLog) as Log, { warn });
    jobs = new MessageJobs(db.database, clock, settings, log, messages, { of: () => provider });
    await db.database.write(SYSTEM, (tx) => tx.execute('DELETE FROM outgoing_message'));
  });

  const queue = async (
    kind = MessageKind.ONE_TIME_PASSWORD,
    parameters: Record<string, string> = { code: '123456' },
  ) => {
    await db.database.write(SYSTEM, (tx) => messages.queue(tx, { kind, to, parameters }));
    return row();
  };
  const row = async () => (await db.database.read((tx) => tx.repo(OutgoingMessage).find()))[0]!;
  /** Runs the job once: how long it waits for the next time, or null when it is done. */
  const run = ({ id: messageId }: { id: string }) =>
    jobs.send({ messageId }).then(
      () => null,
      (error: unknown) => {
        if (error instanceof Later) return error.milliseconds;
        throw error;
      },
    );

  it('is a row of its unit, with number and code sealed, and its event holds the id alone', async () => {
    const { id } = await queue();
    const [stored] = await db.dataSource.query('SELECT * FROM outgoing_message');
    expect(JSON.stringify(stored)).not.toMatch(/9123456789|123456"/);
    expect(stored.recipientIndex).toBe(mobileIndex(db.keys, to));
    expect((await db.events('MessageQueued')).at(-1)).toEqual({ messageId: id });
    await expect(
      db.database.write(SYSTEM, async (tx) => {
        await messages.queue(tx, { kind: MessageKind.ONE_TIME_PASSWORD, to, parameters: { code: '1' } });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await db.count(OutgoingMessage)).toBe(1);
  });

  it('is refused when it is not plain', async () => {
    await expect(queue(MessageKind.ONE_TIME_PASSWORD, { code: '1\r\nBcc: x' })).rejects.toThrow('not plain');
    expect(await db.count(OutgoingMessage)).toBe(0);
  });

  it('is sent once, forgets its code, and is followed until it has arrived', async () => {
    const message = await queue();
    expect(await run(message)).toBe(30_000);
    expect(provider.taken).toEqual([
      expect.objectContaining({ id: message.id, to, text: expect.stringContaining('۱۲۳۴۵۶') }),
    ]);
    expect(await row()).toMatchObject({ state: MessageState.SENT, providerId: 'p-1', attempts: 1, parameters: null });
    clock.forward(5 * MINUTE);
    expect(await run(message)).toBe(5 * MINUTE);
    provider.delivery = 'DELIVERED';
    expect(await run(message)).toBeNull();
    expect((await row()).state).toBe(MessageState.DELIVERED);
    expect(await run(message)).toBeNull();
    expect(provider.taken).toHaveLength(1);
  });

  it('is not sent twice when the process died between the sending and its mark', async () => {
    const message = await queue();
    armFailpoint('messages.sent:error');
    await expect(run(message)).rejects.toThrow('messages.sent');
    expect((await row()).state).toBe(MessageState.QUEUED);
    expect(await run(message)).toBe(30_000);
    expect(provider.taken).toHaveLength(1);
    expect(provider.asked).toBe(1);
    expect(await row()).toMatchObject({ state: MessageState.SENT, providerId: 'p-1', attempts: 1 });
  });

  it('would be sent twice to a provider that cannot tell (the control)', async () => {
    delete provider.find;
    provider.find = undefined as never;
    const message = await queue();
    armFailpoint('messages.sent:error');
    await expect(run(message)).rejects.toThrow('messages.sent');
    await run(message);
    expect(provider.taken).toHaveLength(2);
  });

  it('is tried again with pauses while the provider is away, and expires when it is of no use any more', async () => {
    const message = await queue();
    provider.fault = Object.assign(new Error('connect 09123456789'), { code: 'ECONNREFUSED' });
    expect([await run(message), await run(message), await run(message)]).toEqual([5_000, 15_000, MINUTE]);
    expect(await row()).toMatchObject({ attempts: 3, reason: 'ECONNREFUSED', state: MessageState.QUEUED });
    expect(JSON.stringify(told)).not.toContain(to);
    clock.forward(3 * MINUTE);
    expect(await run(message)).toBeNull();
    expect(await row()).toMatchObject({ state: MessageState.EXPIRED, parameters: null });
  });

  it('fails at once when the provider says no for good', async () => {
    const message = await queue();
    provider.fault = new Undeliverable('HTTP_411');
    expect(await run(message)).toBeNull();
    expect(await row()).toMatchObject({ state: MessageState.FAILED, reason: 'HTTP_411', parameters: null });
  });

  it('waits for the morning, unless somebody waits for it', async () => {
    clock.forward(15 * 60 * MINUTE); // midnight
    const notice = await queue(MessageKind.MOBILE_LEFT, { day: '۱ آذر' });
    expect(await run(notice)).toBe(7 * 60 * MINUTE);
    await db.database.write(SYSTEM, (tx) => tx.execute('DELETE FROM outgoing_message'));
    await run(await queue());
    expect(provider.taken.map(({ kind }) => kind)).toEqual([MessageKind.ONE_TIME_PASSWORD]);
  });

  it('to a number that nobody has is the same row, and never leaves the house', async () => {
    messages.onlyTo(MessageKind.ONE_TIME_PASSWORD, async (_, indexes) => !indexes.includes(mobileIndex(db.keys, to)));
    const message = await queue();
    expect(await run(message)).toBeNull();
    expect(provider.taken).toEqual([]);
    expect(await row()).toMatchObject({ state: MessageState.EXPIRED, attempts: 0 });
  });

  it('is forgotten after ninety days', async () => {
    await queue();
    clock.forward(89 * 24 * 60 * MINUTE);
    await jobs.forget();
    expect(await db.count(OutgoingMessage)).toBe(1);
    clock.forward(2 * 24 * 60 * MINUTE);
    await jobs.forget();
    expect(await db.count(OutgoingMessage)).toBe(0);
  });
});
