import { Args, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, CurrentSession, SIGNED_IN, type StandingSession } from '@app/access';
import { watch } from '@app/platform';
import { DownloadLink, StoredDocumentType } from './documents.graphql.js';
import { Documents } from './documents.js';
import { DocumentState, type StoredDocument } from './stored-document.entity.js';

const settled = ({ state }: StoredDocument) => ![DocumentState.WAITING, DocumentState.DRAWING].includes(state);

@Resolver()
export class DocumentsResolver {
  constructor(private readonly documents: Documents) {}

  @Allow(SIGNED_IN)
  @Query(() => StoredDocumentType)
  storedDocument(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return this.documents.get(actor, id);
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
  @Subscription(() => StoredDocumentType, { resolve: (document: StoredDocument) => document })
  documentProgress(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return watch(() => this.documents.get(actor, id), { until: settled });
  }
}
