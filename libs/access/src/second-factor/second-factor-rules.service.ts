import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Refused, type Tx } from '@app/platform';
import { AgreementDetailName as Detail, AgreementKind } from '../agreement/agreement.rules.js';
import { type AgreementDetail, Agreements, type ToldRequest } from '../agreement/agreements.service.js';
import { type Actor, Role } from '../actor.rules.js';
import { SecondFactorRule } from './second-factor.entity.js';
import { SecondFactorRuleSet } from './second-factor.events.js';
import { refuseNetwork } from './networks.js';
import { placeOf, RULE_SETTERS } from './second-factor.rules.js';

interface Asked {
  required: boolean;
  networks: string[];
}

/** What one's office asks of its people when they sign in. Changing it takes two. */
@Injectable()
export class SecondFactorRules implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly agreements: Agreements,
  ) {}

  onModuleInit(): void {
    this.agreements.register<Asked>({
      kind: AgreementKind.SECOND_FACTOR_RULE,
      askers: RULE_SETTERS,
      agreers: [...RULE_SETTERS, Role.ADMINISTRATOR],
      perform: (tx, asker, asked) => this.set(tx, asker, asked),
    });
  }

  /** The setting of the actor's own place; asks for nothing while nobody has set it. */
  async own(actor: Actor): Promise<SecondFactorRule> {
    const id = placeOf(actor);
    const rule = await this.db.read((tx) => tx.repo(SecondFactorRule).findOneBy({ id }));
    return rule ?? { id, required: false, requiredSince: null, networks: [] };
  }

  /**
   * Asks to set it. The days of grace begin when it is first required.
   *
   * @throws Refused  a `SecondFactorRefusal`; nothing is written
   */
  ask(actor: Actor, { required, networks }: Asked, purpose: string): Promise<ToldRequest> {
    return this.agreements.ask(actor, AgreementKind.SECOND_FACTOR_RULE, { required, networks }, purpose);
  }

  private async set(tx: Tx, asker: Actor, { required, networks }: Asked): Promise<AgreementDetail[]> {
    const refusal = networks.map(refuseNetwork).find((reason) => reason !== null);
    if (refusal) throw new Refused(refusal);
    const id = placeOf(asker);
    const before = await tx.repo(SecondFactorRule).findOneBy({ id });
    const requiredSince = required ? (before?.requiredSince ?? this.clock.now()) : null;
    const rule = { id, required, requiredSince, networks: [...new Set(networks)] };
    await tx.upsert(SecondFactorRule, [rule], ['id']);
    tx.emit(SecondFactorRuleSet, { place: id, required });
    return [
      { name: Detail.REQUIRED, value: String(required) },
      { name: Detail.NETWORKS, value: rule.networks.join(' ') },
    ];
  }
}
