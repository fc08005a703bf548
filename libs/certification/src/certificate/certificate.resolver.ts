import { Args, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, InPerson, Role } from '@app/access';
import { orRefused, watch } from '@app/platform';
import { CertificateIssueService } from './certificate-issue.service.js';
import { CertificateQueryService } from './certificate-query.service.js';
import {
  CertificateBatchType,
  CertificateCandidateType,
  CertificatesRefused,
  IssueCertificatesInput,
  IssueCertificatesResult,
  MyCertificate,
} from './certificate.graphql.js';
import { ISSUERS, VIEWERS } from './certificate.policy.js';

@Resolver()
export class CertificateResolver {
  constructor(
    private readonly issuing: CertificateIssueService,
    private readonly certificates: CertificateQueryService,
  ) {}

  @Allow(...VIEWERS)
  @Query(() => [CertificateCandidateType], {
    description: 'All trainees of a run, and what stands between them and a certificate',
  })
  certificateCandidates(@CurrentActor() actor: Actor, @Args('runId', { type: () => ID }) runId: string) {
    return this.certificates.candidates(actor, runId);
  }

  @InPerson()
  @Allow(Role.GRADUATE)
  @Query(() => [MyCertificate], { description: 'The own certificates, the latest first' })
  myCertificates(@CurrentActor() actor: Actor) {
    return this.certificates.own(actor);
  }

  @Allow(...VIEWERS)
  @Query(() => CertificateBatchType)
  certificateBatch(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return this.certificates.batch(actor, id);
  }

  @Allow(...VIEWERS)
  @Query(() => CertificateBatchType, { nullable: true, description: 'The newest batch of a run' })
  newestCertificateBatch(@CurrentActor() actor: Actor, @Args('runId', { type: () => ID }) runId: string) {
    return this.certificates.newestBatch(actor, runId);
  }

  @Allow(...ISSUERS)
  @Mutation(() => IssueCertificatesResult, { description: 'Issues certificates for all who qualify and have none' })
  issueCertificates(@CurrentActor() actor: Actor, @Args('input') { runId }: IssueCertificatesInput) {
    const order = this.issuing
      .order(actor, runId)
      .then((batch) => ({ ...batch, issued: 0, drawn: 0, failed: 0, done: false }));
    return orRefused(CertificatesRefused, order);
  }

  @Allow(...VIEWERS)
  @Subscription(() => CertificateBatchType, { resolve: (batch: CertificateBatchType) => batch })
  certificateBatchProgress(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return watch(() => this.certificates.batch(actor, id), { until: ({ done }) => done });
  }
}
