import { createUnionType, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { InstantScalar, InternalField } from '@app/platform';
import { CancelRefusal } from './documents.rules.js';
import { DocumentState } from './stored-document.entity.js';

registerEnumType(DocumentState, { name: 'DocumentState' });
registerEnumType(CancelRefusal, { name: 'CancelRefusal' });

@ObjectType('StoredDocument')
export class StoredDocumentType {
  @InternalField(() => ID) id: string;
  @InternalField() kind: string;
  @InternalField(() => DocumentState) state: DocumentState;
  @InternalField() fileName: string;
  @InternalField() mimeType: string;
  @InternalField(() => Int, { nullable: true }) bytes: number | null;
  @InternalField(() => String, { nullable: true, description: 'SHA-256 of the file, hexadecimal' }) sha256:
    string | null;
  @InternalField(() => String, { nullable: true, description: 'Why it could not be drawn' }) reason: string | null;
  @InternalField(() => InstantScalar) requestedAt: Date;
  @InternalField(() => InstantScalar, { nullable: true }) readyAt: Date | null;
}

@ObjectType()
export class DownloadLink {
  @InternalField({ description: 'A path on this server; opens the file for the caller only' }) url: string;
  @InternalField(() => InstantScalar) expiresAt: Date;
}

@ObjectType()
export class CancelDocumentRefused {
  @InternalField(() => CancelRefusal) reason: CancelRefusal;
}

export const CancelDocumentResult = createUnionType({
  name: 'CancelDocumentResult',
  types: () => [StoredDocumentType, CancelDocumentRefused] as const,
  resolveType: (value: object) => ('kind' in value ? StoredDocumentType : CancelDocumentRefused),
});
