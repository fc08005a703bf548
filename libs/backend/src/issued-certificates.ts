import { Injectable } from '@nestjs/common';
import { Certificate, CertificateStatus } from '@app/certification';
import { conditions, type Reads } from '@app/platform';
import { CertifiedEnrolments } from '@app/referral';

/** Tells the referral lib who has a certificate: the two libs stand side by side and know nothing of each other. */
@Injectable()
export class IssuedCertificates extends CertifiedEnrolments {
  async among(tx: Reads, enrolmentIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { sql, values } = conditions('c', { enrolmentId: enrolmentIds, status: CertificateStatus.VALID });
    const rows = await tx.query<Pick<Certificate, 'enrolmentId'>>(
      `SELECT c.enrolmentId FROM certificate c WHERE ${sql}`,
      values,
    );
    return new Set(rows.map(({ enrolmentId }) => enrolmentId));
  }
}
