import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Actor,
  type AgreementDetail,
  AgreementDetailName as Detail,
  AgreementKind,
  Agreements,
  Role,
  type ToldRequest,
} from '@app/access';
import { maskName } from '@app/persian';
import { Clock, Refused, type Tx } from '@app/platform';
import { CourseRun } from '@app/training';
import { Certificate, CertificateStatus } from '../certificate/certificate.entity.js';
import { modelOf } from '../certificate/certificate-printed.service.js';
import { ISSUERS, runsIssuedBy } from '../certificate/certificate.policy.js';
import { serialOf } from '../certificate/certificate.rules.js';
import { CertificateRevocation } from './revocation.entity.js';
import { CertificateRevoked } from './revocation.events.js';
import { refuseRevocation } from './revocation.rules.js';

interface Asked {
  certificateId: string;
}

/** Ends the validity of a certificate. It takes two. */
@Injectable()
export class RevocationService implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly agreements: Agreements,
  ) {}

  onModuleInit(): void {
    this.agreements.register<Asked>({
      kind: AgreementKind.CERTIFICATE_REVOCATION,
      askers: ISSUERS,
      agreers: [...ISSUERS, Role.NATIONAL_OFFICER],
      perform: (tx, asker, asked) => this.revoke(tx, asker, asked),
    });
  }

  /**
   * Asks to revoke a certificate of a run whose certificates the actor issues.
   *
   * @throws NotFound no such certificate, or one of another's run
   * @throws Refused  a `RevocationRefusal`; nothing is written
   */
  ask(actor: Actor, certificateId: string, purpose: string): Promise<ToldRequest> {
    return this.agreements.ask(actor, AgreementKind.CERTIFICATE_REVOCATION, { certificateId }, purpose);
  }

  private async revoke(tx: Tx, asker: Actor, { certificateId: id }: Asked): Promise<AgreementDetail[]> {
    const certificate = await tx.lock(Certificate, { id });
    await tx.get(CourseRun, { id: certificate.runId, ...runsIssuedBy(asker) });
    const refusal = refuseRevocation(certificate.status);
    if (refusal) throw new Refused(refusal);
    await tx.update(Certificate, { id }, { status: CertificateStatus.REVOKED });
    await tx.insert(CertificateRevocation, { id, revokedOn: this.clock.today(), revokedAt: this.clock.now() });
    tx.emit(CertificateRevoked, { certificateId: id });
    const { holderGivenName, holderFamilyName, standardTitleFa } = modelOf(tx, certificate);
    return [
      { name: Detail.SERIAL, value: serialOf(certificate) },
      { name: Detail.HOLDER, value: `${holderGivenName} ${maskName(holderFamilyName)}` },
      { name: Detail.TITLE, value: standardTitleFa },
    ];
  }
}
