import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { S3Client } from '@aws-sdk/client-s3';
import { assertFileKey, type FileBytes, FileMissing, type FileStore } from '@app/platform';

const require = createRequire(import.meta.url);

/** Tries of one request, with growing pauses: answers 5xx and broken connections are tried again. */
const TRIES = 6;
/** Begins with a dot, as no key does. */
const PROBE = '.probe';

export interface S3Options {
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** The server, when it is not Amazon's. */
  endpoint?: string | undefined;
}

/**
 * Files in an S3 bucket. S3 itself shows a file whole or not at all; what this adds is proof on both ways: the server
 * refuses a body that differs from its MD5, and a reader refuses one that differs from the SHA-256 kept beside it.
 */
export class S3Files implements FileStore {
  readonly kind = 's3';
  private readonly sdk: typeof import('@aws-sdk/client-s3');
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ bucket, region, accessKeyId, secretAccessKey, endpoint }: S3Options) {
    this.sdk = require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
    this.bucket = bucket;
    this.client = new this.sdk.S3Client({
      region,
      credentials: { accessKeyId, secretAccessKey },
      ...(endpoint && { endpoint, forcePathStyle: true }),
      maxAttempts: TRIES,
      requestHandler: {
        connectionTimeout: 5_000,
        socketTimeout: 30_000,
        requestTimeout: 60_000,
        throwOnRequestTimeout: true,
      },
      // The newer checksums are unknown to some servers; MD5 and our SHA-256 do the same work.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(key: string, bytes: FileBytes): Promise<void> {
    assertFileKey(key);
    await this.store(key, bytes instanceof Uint8Array ? bytes : Buffer.concat(bytes));
  }

  async get(key: string): Promise<Buffer> {
    for (let attempt = 1; ; attempt++) {
      const { stream } = await this.open(key);
      try {
        return await buffer(stream);
      } catch (error) {
        // The SDK tries a request again, but not a body that broke off.
        if (attempt === TRIES) throw error;
      }
    }
  }

  async open(key: string): Promise<{ stream: Readable; bytes: number }> {
    assertFileKey(key);
    const command = new this.sdk.GetObjectCommand({ Bucket: this.bucket, Key: key });
    const { Body, ContentLength, Metadata } = await this.client.send(command).catch((error: unknown) => {
      throw error instanceof this.sdk.NoSuchKey ? new FileMissing(key) : error;
    });
    if (!(Body instanceof Readable) || ContentLength === undefined) throw new Error(`No body came for ${key}`);
    const whole = wholeOnly(key, ContentLength, Metadata?.['sha256']);
    Body.once('error', (error) => whole.destroy(error));
    whole.once('close', () => Body.destroy());
    return { stream: Body.pipe(whole), bytes: ContentLength };
  }

  async has(key: string): Promise<boolean> {
    assertFileKey(key);
    try {
      await this.client.send(new this.sdk.HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return true;
    } catch (error) {
      if (error instanceof this.sdk.NotFound) return false;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    assertFileKey(key);
    await this.client.send(new this.sdk.DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  async *keys(prefix: string): AsyncIterable<string> {
    const pages = this.sdk.paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: prefix });
    for await (const { Contents = [] } of pages)
      for (const { Key } of Contents) if (Key && !Key.startsWith('.')) yield Key;
  }

  async check(): Promise<void> {
    await this.store(PROBE, Buffer.from('probe'));
    await this.client.send(new this.sdk.DeleteObjectCommand({ Bucket: this.bucket, Key: PROBE }));
  }

  private async store(key: string, bytes: Uint8Array): Promise<void> {
    await this.client.send(
      new this.sdk.PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        Body: bytes,
        ContentLength: bytes.byteLength,
        ContentMD5: createHash('md5').update(bytes).digest('base64'),
        Metadata: { sha256: createHash('sha256').update(bytes).digest('hex') },
      }),
    );
  }
}

/** Passes a body on, and ends in an error instead of an end when it is not the whole one that was stored. */
function wholeOnly(key: string, bytes: number, sha256: string | undefined): Transform {
  const hash = createHash('sha256');
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const whole = seen === bytes && (sha256 === undefined || hash.digest('hex') === sha256);
      done(whole ? null : new Error(`${key} came damaged: ${seen} of ${bytes} bytes`));
    },
  });
}
