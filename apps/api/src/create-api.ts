import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { BadRequestException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Backend } from '@app/backend';
import { UPLOAD_LIMIT } from '@app/documents';
import { asRequest, newId } from '@app/platform';
import { ApiModule } from './api.module.js';
import { NestLog } from './http/nest-log.js';
import { webFolder } from './http/web.controller.js';

/** Largest GraphQL request, in bytes. A sheet of 100 marks takes a tenth of it. */
const BODY_LIMIT = 100 * 1024;
const GRAPHQL = '/graphql';

/** Puts the API together over a backend; the caller listens. */
export async function createApi(backend: Backend): Promise<NestFastifyApplication> {
  const { TRUSTED_PROXIES } = backend.settings;
  const trustProxy = TRUSTED_PROXIES === 'none' ? false : TRUSTED_PROXIES;
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, genReqId: () => newId(), trustProxy });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.over(backend), adapter, {
    logger: new NestLog(backend.log),
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    // Addresses are kept by proxies and browsers; what is asked belongs in a body.
    const isAskedByGet = request.method !== 'POST' && request.url.startsWith(GRAPHQL);
    asRequest(request.id, () => done(isAskedByGet ? new BadRequestException('GraphQL is asked by POST') : undefined));
  });
  // Nest hangs up on nobody who asks for a web socket elsewhere.
  adapter.getHttpServer().on('upgrade', ({ url }: IncomingMessage, socket: Duplex) => {
    if (!url?.startsWith(GRAPHQL)) socket.destroy();
  });
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
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
  await app.register(fastifyMultipart, { limits: { files: 1, fields: 0, fileSize: UPLOAD_LIMIT } });
  if (existsSync(webFolder)) await app.register(fastifyStatic, { root: webFolder, serve: false, cacheControl: false });
  return app;
}

/** Ends the API. A client that does not let go must not let jobs go on being taken meanwhile. */
export async function closeApi(app: NestFastifyApplication, backend: Backend): Promise<void> {
  await Promise.all([app.close(), backend.jobs.stop()]);
  await backend.close();
}
