import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, ANYONE } from '@app/access';
import { Forbidden, metrics, Settings } from '@app/platform';

const THIS_MACHINE = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Figures for Prometheus: for this machine, or for who knows METRICS_TOKEN. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly settings: Settings) {}

  @Allow(ANYONE)
  @Get()
  async figures(
    @Req() request: FastifyRequest,
    @Headers('authorization') authorization: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    const token = this.settings.METRICS_TOKEN;
    const may = token ? authorization === `Bearer ${token}` : THIS_MACHINE.has(request.ip);
    if (!may) throw new Forbidden();
    await reply.header('content-type', metrics.contentType).send(await metrics.metrics());
  }
}
