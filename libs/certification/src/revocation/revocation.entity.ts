import { Entity, type Relation } from 'typeorm';
import { BelongsTo, Day, Id, Instant } from '@app/platform';
import { Certificate } from '../certificate/certificate.entity.js';

/** A certificate was revoked; its row, serial and code stay and say so for ever. Why, the request says that two agreed on. */
@Entity('certificate_revocation')
export class CertificateRevocation {
  /** The certificate's. */
  @Id() id: string;
  @Day() revokedOn: string;
  @Instant() revokedAt: Date;
  @BelongsTo(() => Certificate, 'id') certificate: Relation<Certificate>;
}
