import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor } from '@app/access';
import { orRefused } from '@app/platform';
import {
  CertificateTemplateRefused,
  CertificateTemplateType,
  DraftCertificateTemplateInput,
  DraftCertificateTemplateResult,
  PublishCertificateTemplateInput,
  PublishCertificateTemplateResult,
} from './certificate-template.graphql.js';
import { DESIGNERS } from './certificate-template.policy.js';
import { CertificateTemplateService } from './certificate-template.service.js';

@Resolver()
export class CertificateTemplateResolver {
  constructor(private readonly templates: CertificateTemplateService) {}

  @Allow(...DESIGNERS)
  @Query(() => [CertificateTemplateType], { description: 'The forms of certificates, the newest version first' })
  certificateTemplates(@CurrentActor() actor: Actor) {
    return this.templates.list(actor);
  }

  @Allow(...DESIGNERS)
  @Mutation(() => DraftCertificateTemplateResult, {
    description: 'Writes a new version of the form of certificates and draws it with the longest names there are',
  })
  draftCertificateTemplate(@CurrentActor() actor: Actor, @Args('input') input: DraftCertificateTemplateInput) {
    return orRefused(CertificateTemplateRefused, this.templates.draft(actor, input));
  }

  @Allow(...DESIGNERS)
  @Mutation(() => PublishCertificateTemplateResult, {
    description: 'Asks to issue certificates by this version from now on; they are when another agrees',
  })
  publishCertificateTemplate(@CurrentActor() actor: Actor, @Args('input') input: PublishCertificateTemplateInput) {
    return orRefused(CertificateTemplateRefused, this.templates.askPublication(actor, input.templateId, input.purpose));
  }
}
