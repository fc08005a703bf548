import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '../../..');
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** How much taller a page may become while it is looked at, in pixels: a list that is asked for anew. */
const ROOM_TO_GROW = 1000;
/** Chromium as it also runs for root, and without calls of its own. */
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** The product as it was built, with its demo province, in a folder of its own. */
export class Product {
  private constructor(
    readonly url: string,
    private readonly server: ChildProcess,
    private readonly folder: string,
    private readonly browser: Browser,
    /** The end of what the server has written. */
    private readonly said: () => string,
  ) {}

  static async start(): Promise<Product> {
    const folder = mkdtempSync(join(tmpdir(), 'maharat-web-'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = spawn(process.execPath, ['dist/api/apps/api/src/main.js'], {
      cwd: root,
      env: { ...process.env, PORT: String(port), DATA_DIR: join(folder, 'data'), DEMO: 'on' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    server.stdout.on('data', (part: Buffer) => (said = (said + part.toString()).slice(-20_000)));
    await until(async () => (await fetch(`${url}/health/ready`).catch(() => null))?.ok === true);
    const executablePath = process.env.CHROMIUM_PATH ?? '';
    if (!existsSync(executablePath)) throw new Error('CHROMIUM_PATH names no Chromium');
    const browser = await chromium.launch({ executablePath, args: flags.split(' ') });
    return new Product(url, server, folder, browser, () => said);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    const ended = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Someone at a browser of this width, signed in. */
  async visitor(userName: string, width: number): Promise<Visitor> {
    const visitor = await this.guest(width);
    await visitor.signIn(userName);
    return visitor;
  }

  /** The one-time password of the last message: without a gateway the log shows it. */
  async oneTimePassword(): Promise<string> {
    let found: string | undefined;
    await until(async () => (found = [...this.said().matchAll(/ #(\d{6})/g)].at(-1)?.[1]) !== undefined);
    return found ?? '';
  }

  /** Someone at a browser of this width who has not signed in. */
  async guest(width: number): Promise<Visitor> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: { width, height: width < 500 ? 760 : 900 },
      locale: 'fa-IR',
      timezoneId: 'Asia/Tehran',
      acceptDownloads: true,
    });
    return new Visitor(await context.newPage());
  }
}

export class Visitor {
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => {
      // What shows a paper inside a page is the browser's own.
      if (!/^(http:\/\/127\.0\.0\.1|blob:|data:|chrome:|chrome-extension:)/.test(request.url()))
        this.complaints.push(`asks ${request.url()}`);
    });
  }

  async signIn(userName: string): Promise<void> {
    await this.page.goto('/');
    await this.page.getByLabel('نام کاربری').fill(userName);
    await this.page.getByLabel('گذرواژه', { exact: true }).fill('saffron-and-rose');
    await this.page.getByRole('button', { name: 'ورود', exact: true }).click();
    await this.page.waitForURL('**/courses');
  }

  /** Goes on by API where a journey would only repeat itself. */
  ask<Data>(query: string, variables: object = {}): Promise<Data> {
    return this.page.evaluate(
      async ([text, values]) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
        const body = JSON.stringify({ query: text, variables: values });
        const { data, errors } = await (await fetch('/graphql', { method: 'POST', headers, body })).json();
        if (errors) throw new Error(JSON.stringify(errors));
        return data;
      },
      [query, variables] as const,
    );
  }

  /** What is wrong with the page as it stands: access, sideways scroll, digits of another language, errors. */
  async faults(): Promise<string[]> {
    // In a window higher than the page, also while that still grows, no bar lies over the middle of it: what is half
    // under a bar is no small target.
    const size = this.page.viewportSize()!;
    const height = await this.page.evaluate(() => document.documentElement.scrollHeight);
    await this.page.setViewportSize({ ...size, height: Math.max(height, size.height) + ROOM_TO_GROW });
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(async () => {
      const { violations } = await (
        window as unknown as {
          axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
      const faults = violations.map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth > clientWidth) faults.push(`scrolls sideways: ${scrollWidth} in ${clientWidth}`);
      if (document.documentElement.lang === 'en') return faults;
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const { parentElement: element, textContent: text } = node;
        if (/[0-9]/.test(text ?? '') && !element?.closest('.ltr, textarea, script, style'))
          faults.push(`digits: ${text}`);
      }
      for (const element of document.querySelectorAll('[aria-label]')) {
        const label = (element.getAttribute('aria-label') ?? '').replace(/PDF|CSV/, '');
        if (/[A-Za-z]{2}/.test(label) && !element.textContent?.includes('English')) faults.push(`label: ${label}`);
      }
      return faults;
    });
    await this.page.setViewportSize(size);
    return [...found, ...this.complaints.splice(0)];
  }
}

/** Reads again until it is so: what a page asks its server for comes when it comes. */
export async function becomes<Value>(read: () => Promise<Value>, expected: Value): Promise<void> {
  const end = Date.now() + 10_000;
  while (!isDeepStrictEqual(await read(), expected) && Date.now() < end) await sleep(100);
  expect(await read()).toEqual(expected);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function until(happened: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
    if (await happened()) return;
  }
  throw new Error('The product did not start');
}
