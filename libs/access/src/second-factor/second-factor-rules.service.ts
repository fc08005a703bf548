import { Injectable } from '@nestjs/common';
import { Clock, Database, Refused } from '@app/platform';
import type { Actor } from '../actor.rules.js';
import { SecondFactorRule } from './second-factor.entity.js';
import { SecondFactorRuleSet } from './second-factor.events.js';
import { refuseNetwork } from './networks.js';
import { placeOf } from './second-factor.rules.js';

/** What one's office asks of its people when they sign in. */
@Injectable()
export class SecondFactorRules {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The setting of the actor's own place; asks for nothing while nobody has set it. */
  async own(actor: Actor): Promise<SecondFactorRule> {
    const id = placeOf(actor);
    const rule = await this.db.read((tx) => tx.repo(SecondFactorRule).findOneBy({ id }));
    return rule ?? { id, required: false, requiredSince: null, networks: [] };
  }

  /**
   * Sets it. The days of grace begin when it is first required.
   *
   * @throws Refused  a `SecondFactorRefusal`; nothing is written
   */
  set(actor: Actor, { required, networks }: { required: boolean; networks: string[] }): Promise<SecondFactorRule> {
    const id = placeOf(actor);
    return this.db.write(actor, async (tx) => {
      const refusal = networks.map(refuseNetwork).find((reason) => reason !== null);
      if (refusal) throw new Refused(refusal);
      const before = await tx.repo(SecondFactorRule).findOneBy({ id });
      const requiredSince = required ? (before?.requiredSince ?? this.clock.now()) : null;
      const rule = { id, required, requiredSince, networks: [...new Set(networks)] };
      await tx.upsert(SecondFactorRule, [rule], ['id']);
      tx.emit(SecondFactorRuleSet, { place: id, required });
      return rule;
    });
  }
}
