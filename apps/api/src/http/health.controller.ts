import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { Allow, ANYONE } from '@app/access';
import { Database, FileStore } from '@app/platform';

/** For whoever watches the process: alive, and able to answer. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly db: Database,
    private readonly files: FileStore,
  ) {}

  @Allow(ANYONE)
  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  @Allow(ANYONE)
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    try {
      await this.db.read((tx) => tx.query('SELECT 1'));
      await this.files.check();
      return { status: 'ready' };
    } catch {
      throw new ServiceUnavailableException('not ready');
    }
  }
}
