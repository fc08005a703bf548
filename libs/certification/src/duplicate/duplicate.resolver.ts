import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor } from '@app/access';
import { orRefused } from '@app/platform';
import { ISSUERS, VIEWERS } from '../certificate/certificate.policy.js';
import {
  CertificateDuplicateType,
  DuplicateRefused,
  IssueDuplicateInput,
  IssueDuplicateResult,
} from './duplicate.graphql.js';
import { DuplicateService } from './duplicate.service.js';

@Resolver()
export class DuplicateResolver {
  constructor(private readonly duplicates: DuplicateService) {}

  @Allow(...VIEWERS)
  @Query(() => [CertificateDuplicateType], {
    description: 'The duplicates given out of the certificates of a run, the newest first',
  })
  certificateDuplicates(@CurrentActor() actor: Actor, @Args('runId', { type: () => ID }) runId: string) {
    return this.duplicates.ofRun(actor, runId);
  }

  @Allow(...ISSUERS)
  @Mutation(() => IssueDuplicateResult, {
    description: 'Gives out a duplicate: the same serial, a new print number; a job draws its cover page',
  })
  issueDuplicate(@CurrentActor() actor: Actor, @Args('input') input: IssueDuplicateInput) {
    return orRefused(DuplicateRefused, this.duplicates.issue(actor, input));
  }
}
