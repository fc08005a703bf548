import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import fastifyMultipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { BadRequestException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from 'helmet';
import { Tokens } from '@app/access';
import type { Backend } from '@app/backend';
import { UPLOAD_LIMIT } from '@app/documents';
import { asRequest, newId, Rates } from '@app/platform';
import { ApiModule } from './api.module.js';
import { NOT_OURS, TrustedDocuments } from './graphql/trusted-documents.js';
import { NestLog } from './http/nest-log.js';
import { webFolder } from './http/web.controller.js';

/** Largest GraphQL request, in bytes. A sheet of 100 marks takes a tenth of it. */
const BODY_LIMIT = 100 * 1024;
const GRAPHQL = '/graphql';
/** The one style that React Aria adds at run time (react-aria-pressable-style), by the hash of its text. */
const PRESSABLE_STYLE = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";
/** A page may use the camera, to read the code of a certificate, and nothing else of the machine. */
const NO_DEVICES = 'camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()';
/** What works for the caller; pages and health cost little. */
const COUNTED = /^\/(graphql|uploads|documents|oidc)/;

/** Puts the API together over a backend; the caller listens. */
export async function createApi(backend: Backend): Promise<NestFastifyApplication> {
  const { TRUSTED_PROXIES, RATE_PER_ADDRESS } = backend.settings;
  const trustProxy = TRUSTED_PROXIES === 'none' ? false : TRUSTED_PROXIES;
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, genReqId: () => newId(), trustProxy });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.over(backend), adapter, {
    logger: new NestLog(backend.log),
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    asRequest(request.id, done);
  });
  const rates = app.get(Rates);
  // Not before preParsing: what is refused earlier goes out without the headers that close a browser.
  fastify.addHook('preParsing', (request, reply, _payload, done) => {
    if (!COUNTED.test(request.url)) return done();
    // It is somebody's own: nothing on the way keeps it, nor does the browser.
    void reply.header('cache-control', 'no-store');
    try {
      rates.take('address', request.ip, RATE_PER_ADDRESS);
      // Addresses are kept by proxies and browsers; what is asked belongs in a body.
      const isAskedByGet = request.method !== 'POST' && request.url.startsWith(GRAPHQL);
      done(isAskedByGet ? new BadRequestException('GraphQL is asked by POST') : undefined);
    } catch (error) {
      done(error as Error);
    }
  });
  // Before anything is made of it: an unknown text is neither parsed nor told what the schema has.
  const trusted = app.get(TrustedDocuments);
  const tokens = app.get(Tokens);
  fastify.addHook('preHandler', async ({ url, body, headers }) => {
    const { query } = (url.startsWith(GRAPHQL) && (body as { query?: unknown } | null)) || {};
    if (typeof query !== 'string' || trusted.has(query) || (await tokens.mayAskAnything(headers))) return;
    throw new BadRequestException(NOT_OURS);
  });
  // Nest hangs up on nobody who asks for a web socket elsewhere.
  adapter.getHttpServer().on('upgrade', ({ url }: IncomingMessage, socket: Duplex) => {
    if (!url?.startsWith(GRAPHQL)) socket.destroy();
  });
  // Helmet itself: its plugin puts the same headers together anew for every request.
  const protect = helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", PRESSABLE_STYLE],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: backend.settings.publicUrl.startsWith('https:') ? [] : null,
      },
    },
    strictTransportSecurity: backend.settings.publicUrl.startsWith('https:'),
    referrerPolicy: { policy: 'no-referrer' },
  });
  fastify.addHook('onRequest', (request, reply, next) => {
    void reply.header('permissions-policy', NO_DEVICES);
    protect(request.raw, reply.raw, (error) => next(error as Error | undefined));
  });
  await app.register(fastifyMultipart, { limits: { files: 1, fields: 0, fileSize: UPLOAD_LIMIT } });
  if (existsSync(webFolder)) await app.register(fastifyStatic, { root: webFolder, serve: false, cacheControl: false });
  return app;
}

/** Ends the API. A client that does not let go must not let jobs go on being taken meanwhile. */
export async function closeApi(app: NestFastifyApplication, backend: Backend): Promise<void> {
  await app.get(Rates).stop();
  await Promise.all([app.close(), backend.jobs.stop()]);
  await backend.close();
}
