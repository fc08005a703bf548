import { Injectable } from '@nestjs/common';
import { Database } from '@app/platform';
import { type RunToldOutside, SeatsFromOutside } from '@app/training';
import type { BranchActor } from '../referral/referral.policy.js';
import type { OpenSeatsArgs } from './sponsorship.graphql.js';

/** Where people may be sent: what anyone may know of the runs of the branch's province. */
@Injectable()
export class OpenSeatsService {
  constructor(
    private readonly db: Database,
    private readonly seats: SeatsFromOutside,
  ) {}

  list({ provinceCode }: BranchActor, { text, first }: OpenSeatsArgs): Promise<RunToldOutside[]> {
    return this.db.read((tx) => this.seats.open(tx, provinceCode, text ?? '', first));
  }
}
