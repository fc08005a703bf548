import { Entity, Index } from 'typeorm';
import { Count, Id, Instant, Personal, Ref } from '@app/platform';

/** A file that someone handed in, for a mutation to use. Sealed at rest; only its owner can name it. */
@Entity('upload')
@Index('upload_by_age', ['uploadedAt'])
export class Upload {
  @Id() id: string;
  @Ref() ownerId: string;
  /** The name it had on the owner's machine: for showing, never for deciding. */
  @Personal(200) fileName: string;
  @Count() bytes: number;
  @Instant() uploadedAt: Date;
}
