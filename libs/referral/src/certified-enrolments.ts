import type { Reads } from '@app/platform';

/** Knows which enrolments have a certificate: a lib beside this one, brought together by the backend. */
export abstract class CertifiedEnrolments {
  abstract among(tx: Reads, enrolmentIds: readonly string[]): Promise<ReadonlySet<string>>;
}
