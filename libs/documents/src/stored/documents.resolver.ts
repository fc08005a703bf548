import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, CurrentSession, SIGNED_IN, type StandingSession } from '@app/access';
import { Classed, FieldClass, orRefused, watch } from '@app/platform';
import { CancelDocumentRefused, CancelDocumentResult, DownloadLink, StoredDocumentType } from './documents.graphql.js';
import { Documents } from './documents.js';
import { toBeDrawn } from './documents.rules.js';
import type { StoredDocument } from './stored-document.entity.js';

const settled = (document: StoredDocument) => !toBeDrawn(document);

@Resolver(() => StoredDocumentType)
export class DocumentsResolver {
  constructor(private readonly documents: Documents) {}

  @Allow(SIGNED_IN)
  @Query(() => StoredDocumentType)
  storedDocument(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return this.documents.get(actor, id);
  }

  @Classed(FieldClass.INTERNAL)
  @ResolveField(() => Boolean, { description: 'It is not drawn yet, and the viewer may take back the wish for it' })
  viewerCanCancel(@CurrentActor() actor: Actor, @Parent() document: StoredDocument) {
    return this.documents.canCancel(actor, document);
  }

  @Allow(SIGNED_IN)
  @Mutation(() => DownloadLink, { description: 'A link that opens the document for the caller, for 60 seconds' })
  openDocument(
    @CurrentActor() actor: Actor,
    @CurrentSession() session: StandingSession,
    @Args('id', { type: () => ID }) id: string,
  ) {
    return this.documents.open(actor, session.id, id);
  }

  @Allow(SIGNED_IN)
  @Mutation(() => CancelDocumentResult, {
    description: 'Takes back the wish for a document that is not drawn yet: by who asked for it, or the office above',
  })
  cancelDocument(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return orRefused(CancelDocumentRefused, this.documents.cancel(actor, id));
  }

  @Allow(SIGNED_IN)
  @Subscription(() => StoredDocumentType, { resolve: (document: StoredDocument) => document })
  documentProgress(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return watch(() => this.documents.get(actor, id), { until: settled });
  }
}
