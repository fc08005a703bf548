import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { InstantScalar } from '@app/platform';
import { DocumentState } from './stored-document.entity.js';

registerEnumType(DocumentState, { name: 'DocumentState' });

@ObjectType('StoredDocument')
export class StoredDocumentType {
  @Field(() => ID) id: string;
  @Field() kind: string;
  @Field(() => DocumentState) state: DocumentState;
  @Field() fileName: string;
  @Field() mimeType: string;
  @Field(() => Int, { nullable: true }) bytes: number | null;
  @Field(() => String, { nullable: true, description: 'SHA-256 of the file, hexadecimal' }) sha256: string | null;
  @Field(() => String, { nullable: true, description: 'Why it could not be drawn' }) reason: string | null;
  @Field(() => InstantScalar) requestedAt: Date;
  @Field(() => InstantScalar, { nullable: true }) readyAt: Date | null;
}

@ObjectType()
export class DownloadLink {
  @Field({ description: 'A path on this server; opens the file for the caller only' }) url: string;
  @Field(() => InstantScalar) expiresAt: Date;
}
