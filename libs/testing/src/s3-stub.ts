import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What goes wrong with one request. `stored-but-answer-lost`: the work is done, the connection breaks before the answer. */
export type S3Fault = 'error-500' | 'error-503' | 'reset' | 'slow' | 'truncated-body' | 'stored-but-answer-lost';

/** The fault of each request in turn; undefined lets it pass. */
export type S3FaultPlan = (request: { method: string; key: string }) => S3Fault | undefined;

interface StoredObject {
  bytes: Buffer;
  meta: Record<string, string>;
}

const SLOW_MS = 50;
const PAGE = 1000;

/**
 * A small S3 server for specs: objects of one bucket in memory, path-style addresses, whole files only. It asks for an
 * Authorization header and does not read it. Bodies are taken only whole and only with the MD5 that came with them.
 */
export class S3Stub {
  readonly objects = new Map<string, StoredObject>();
  /** Requests seen, and how many of them went wrong as planned. */
  readonly seen = { requests: 0, faults: 0 };

  private constructor(
    private readonly server: Server,
    readonly bucket: string,
    private plan: S3FaultPlan,
    private readonly pageSize: number,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  /** Listens on a free port of this machine. */
  static async start({ bucket = 'files', plan = () => undefined, pageSize = PAGE }: S3StubOptions = {}) {
    const stub = new S3Stub(createServer(), bucket, plan, pageSize);
    stub.server.listen(0, '127.0.0.1');
    await once(stub.server, 'listening');
    return stub;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Changes what goes wrong from the next request on. */
  fail(plan: S3FaultPlan): void {
    this.plan = plan;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.endpoint);
    const [, bucket = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
    const key = rest.join('/');
    const method = request.method ?? '';
    const fault = this.plan({ method, key });
    this.seen.requests++;
    if (fault) this.seen.faults++;

    if (fault === 'reset') return void request.socket.resetAndDestroy();
    const body = await buffer(request);
    if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    if (fault === 'error-500') return refuse(response, 500, 'InternalError');
    if (fault === 'error-503') return refuse(response, 503, 'SlowDown');
    if (!request.headers.authorization) return refuse(response, 403, 'AccessDenied');
    if (bucket !== this.bucket) return refuse(response, 404, 'NoSuchBucket');

    if (method === 'PUT') {
      const md5 = request.headers['content-md5'];
      if (md5 && md5 !== createHash('md5').update(body).digest('base64')) return refuse(response, 400, 'BadDigest');
      if (Number(request.headers['content-length']) !== body.length) return refuse(response, 400, 'IncompleteBody');
      this.objects.set(key, { bytes: body, meta: metaOf(request) });
    }
    if (method === 'DELETE') this.objects.delete(key);
    if (fault === 'stored-but-answer-lost') return void request.socket.resetAndDestroy();

    if (method === 'PUT') return void response.writeHead(200, { etag: etag(body) }).end();
    if (method === 'DELETE') return void response.writeHead(204).end();
    if (method === 'GET' && key === '') return this.list(url.searchParams, response);

    const stored = this.objects.get(key);
    if (!stored) return method === 'HEAD' ? void response.writeHead(404).end() : refuse(response, 404, 'NoSuchKey');
    response.writeHead(200, { 'content-length': stored.bytes.length, etag: etag(stored.bytes), ...stored.meta });
    if (method === 'HEAD') return void response.end();
    if (fault !== 'truncated-body') return void response.end(stored.bytes);
    response.write(stored.bytes.subarray(0, stored.bytes.length >> 1), () => request.socket.destroy());
  }

  private list(query: URLSearchParams, response: ServerResponse): void {
    const prefix = query.get('prefix') ?? '';
    const after = query.get('continuation-token') ?? '';
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, this.pageSize);
    const more = keys.length > page.length;
    const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
    const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(`<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents}</ListBucketResult>`);
  }
}

export interface S3StubOptions {
  bucket?: string;
  plan?: S3FaultPlan;
  /** Keys in one page of a list. Default 1000, as in S3. */
  pageSize?: number;
}

const etag = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`;

const metaOf = ({ headers }: IncomingMessage) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'))) as Record<
    string,
    string
  >;

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
}
