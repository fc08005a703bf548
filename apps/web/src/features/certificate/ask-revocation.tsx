import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskAgreement, AskedNote } from '../../shared/ui/ask-agreement.js';
import { FailureNote, Note } from '../../shared/ui/states.js';

const Revoke = graphql(`
  mutation RevokeCertificate($input: RevokeCertificateInput!) {
    revokeCertificate(input: $input) {
      __typename
      ... on RevocationRefused {
        reason
      }
    }
  }
`);

/** Asks to end the validity of one certificate. */
export function AskRevocation({ certificateId, name }: { certificateId: string; name: string }) {
  const { t } = useWords();
  const revoke = useSend(Revoke);
  const answer = revoke.data?.revokeCertificate;
  return (
    <span className="grid gap-1">
      <AskAgreement
        label={t('certificates.revoke')}
        name={t('certificates.revokeNamed', { name })}
        title={t('certificates.revokeTitle', { name })}
        isPending={revoke.isPending}
        onAsk={(purpose) => revoke.mutate({ input: { certificateId, purpose } })}
      >
        <p className="text-14">{t('certificates.revokeLead')}</p>
      </AskAgreement>
      <FailureNote error={revoke.error} />
      {answer?.__typename === 'RevocationRefused' && (
        <Note tone="danger">{t(`revocationRefusal.${answer.reason}`)}</Note>
      )}
      {answer?.__typename === 'AgreementRequest' && <AskedNote />}
    </span>
  );
}
