import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, InPerson } from '@app/access';
import { orRefused } from '@app/platform';
import { ISSUERS } from '../certificate/certificate.policy.js';
import { RevocationRefused, RevokeCertificateInput, RevokeCertificateResult } from './revocation.graphql.js';
import { RevocationService } from './revocation.service.js';

@Resolver()
export class RevocationResolver {
  constructor(private readonly revocations: RevocationService) {}

  @InPerson()
  @Allow(...ISSUERS)
  @Mutation(() => RevokeCertificateResult, {
    description: 'Asks to revoke a certificate; it is revoked for ever when another agrees',
  })
  revokeCertificate(@CurrentActor() actor: Actor, @Args('input') input: RevokeCertificateInput) {
    return orRefused(RevocationRefused, this.revocations.ask(actor, input.certificateId, input.purpose));
  }
}
