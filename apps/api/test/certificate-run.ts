import { createHash } from 'node:crypto';
import { Role } from '@app/access';
import { Certificate } from '@app/certification';
import { fileKey, StoredDocument } from '@app/documents';
import { Job } from '@app/platform';
import { qualifiedRun } from '@app/testing';
import type { BuiltProduct, RunningProcess } from './built-product.js';
import type { Person } from './test-api.js';

/** A run whose people all qualify, and the officer who orders their certificates over HTTP. */
export class CertificateRun {
  private constructor(
    private readonly product: BuiltProduct,
    private readonly runId: string,
    private readonly officer: Person,
  ) {}

  static async open(product: BuiltProduct, api: RunningProcess, many: number): Promise<CertificateRun> {
    const { place, run } = await qualifiedRun(product.backend, many);
    const officer = await product.signedIn(api, `officer-${run.number}`, {
      role: Role.COUNTY_OFFICER,
      provinceCode: place.county.provinceCode,
      officeId: place.county.id,
    });
    return new CertificateRun(product, run.id, officer);
  }

  /** Orders the certificates, as a person does; the jobs follow. */
  async order(): Promise<void> {
    const { issueCertificates } = await this.officer.do<{ issueCertificates: { __typename: string } }>(
      'mutation ($input: IssueCertificatesInput!) { issueCertificates(input: $input) { __typename } }',
      { input: { runId: this.runId } },
    );
    if (issueCertificates.__typename !== 'CertificateBatch') throw new Error('The batch was refused');
  }

  /** How many papers are ready. */
  drawn(): Promise<number> {
    return this.product.backend.database.read(async (tx) => {
      const [row] = await tx.query<{ ready: number }>(
        "SELECT COUNT(*) AS ready FROM stored_document WHERE kind = 'CERTIFICATE' AND state = 'READY'",
      );
      return Number(row?.ready);
    });
  }

  jobsLeft(): Promise<number> {
    return this.product.backend.database.read((tx) => tx.repo(Job).count());
  }

  /** Everything that is not as it must be when the product has issued `many` in one province, one line each. */
  faults(many: number): Promise<string[]> {
    return faultsOf(this.product, many);
  }
}

async function faultsOf({ backend }: BuiltProduct, many: number): Promise<string[]> {
  const faults: string[] = [];
  const { certificates, documents, jobs, batches } = await backend.database.read(async (tx) => ({
    certificates: await tx.repo(Certificate).find({ order: { number: 'ASC' } }),
    documents: await tx.repo(StoredDocument).findBy({ kind: 'CERTIFICATE' }),
    jobs: await tx.repo(Job).find(),
    batches: await tx.query<{ state: string }>('SELECT state FROM certificate_batch'),
  }));
  if (certificates.length !== many) faults.push(`${certificates.length} certificates`);
  const people = new Set(certificates.map(({ enrolmentId }) => enrolmentId)).size;
  if (people !== many) faults.push(`certificates of ${people} people`);
  certificates.forEach(({ number }, index) => {
    if (number !== index + 1) faults.push(`serial ${number} stands where ${index + 1} must`);
  });
  for (const { name, subject, state, reason } of jobs) faults.push(`job ${name} ${subject} ${state} ${reason}`);
  for (const { state } of batches) if (state !== 'ISSUED') faults.push(`batch ${state}`);

  const bySubject = new Map(documents.map((document) => [document.subjectId, document]));
  for (const { id, number } of certificates) {
    const document = bySubject.get(id);
    if (document?.state !== 'READY' || !document.sha256) {
      faults.push(`paper ${number} is ${document?.state}`);
      continue;
    }
    const file = await backend.files.get(fileKey(document.sha256)).catch(() => undefined);
    if (!file) faults.push(`paper ${number} has no file`);
    else if (createHash('sha256').update(file).digest('hex') !== document.sha256 || file.length !== document.bytes)
      faults.push(`paper ${number} is not the file of its row`);
  }
  let files = 0;
  for await (const _ of backend.files.keys('documents/')) files++;
  if (files !== many) faults.push(`${files} files`);
  return faults;
}
