import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type EnumOf, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { may, viewerQuery } from '../../shared/api/viewer.js';
import { DownloadButton } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskFirst } from '../../shared/ui/ask-first.js';
import { buttonLook } from '../../shared/ui/button.js';
import { Chip } from '../../shared/ui/chip.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { Code, SectionTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { AskRevocation } from './ask-revocation.js';
import { BatchProgress } from './batch-progress.js';
import { AskDuplicate, Duplicates } from './duplicates.js';

const Candidates = graphql(`
  query CertificateCandidates($runId: ID!) {
    newestCertificateBatch(runId: $runId) {
      id
      done
    }
    certificateCandidates(runId: $runId) {
      enrolmentId
      givenName
      familyName
      shortfalls
      certificate {
        id
        serial
        status
        documentId
        documentState
      }
    }
  }
`);

const Issue = graphql(`
  mutation IssueCertificates($input: IssueCertificatesInput!) {
    issueCertificates(input: $input) {
      __typename
      ... on CertificateBatch {
        id
      }
      ... on CertificatesRefused {
        reason
      }
    }
  }
`);

type Candidate = ResultOf<typeof Candidates>['certificateCandidates'][number];

const page = getRouteApi('/signed-in/shell/courses/$runId');

/** Who may have a certificate and who not, with the reason; the issuing, and the papers. */
export function CertificatesPart() {
  const { t, number } = useWords();
  const { runId } = page.useParams();
  const queries = useQueryClient();
  const query = useQuery(ask(Candidates, { runId }));
  const viewer = useQuery(viewerQuery).data?.viewer;
  const [refusal, setRefusal] = useState<EnumOf<'CertificatesRefusal'> | null>(null);
  useTitle(t('run.certificates'));

  const issue = useSend(Issue, {
    onAnswer: async ({ issueCertificates: answer }) => {
      setRefusal(answer.__typename === 'CertificatesRefused' ? answer.reason : null);
      await queries.invalidateQueries();
    },
  });

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { certificateCandidates: people, newestCertificateBatch: batch } = query.data;
  if (people.length === 0) return <Note tone="waiting">{t('certificates.empty')}</Note>;

  const issued = people.filter(({ certificate }) => certificate !== null);
  const ready = people.filter(({ certificate, shortfalls }) => certificate === null && shortfalls.length === 0);
  const notReady = people.length - issued.length - ready.length;
  const mayIssue = may(viewer, 'issueCertificates');
  const sums = [
    { key: 'issued', tone: 'yashm', shape: 'full', count: issued.length },
    { key: 'ready', tone: 'nili', shape: 'outline', count: ready.length },
    { key: 'notReady', tone: 'ronas', shape: 'outline', count: notReady },
  ] as const;

  return (
    <section aria-labelledby="certificates" className="grid gap-4">
      <span id="certificates">
        <SectionTitle>{t('certificates.title')}</SectionTitle>
      </span>
      <ul className="flex flex-wrap gap-2">
        {sums.map(
          ({ key, tone, shape, count }) =>
            count > 0 && (
              <li key={key}>
                <Chip tone={tone} shape={shape}>
                  {t(`certificates.${key}`, { count })}
                </Chip>
              </li>
            ),
        )}
      </ul>
      {!mayIssue && ready.length > 0 && <Note tone="waiting">{t('certificates.mayNot')}</Note>}
      {mayIssue && ready.length > 0 && batch?.done !== false && (
        <div>
          <AskFirst
            kind="primary"
            label={t('certificates.issue', { count: ready.length })}
            title={t('certificates.confirmTitle', { count: ready.length })}
            isPending={issue.isPending}
            onConfirm={() => issue.mutate({ input: { runId } })}
          >
            <p className="text-14">
              {t('certificates.confirm')}
              {notReady > 0 && ` ${t('certificates.leftOut', { count: notReady, people: number(notReady) })}`}
            </p>
          </AskFirst>
        </div>
      )}
      <FailureNote error={issue.error} />
      {refusal && <Note tone="danger">{t(`certificateRefusal.${refusal}`)}</Note>}
      {batch && <BatchProgress key={batch.id} id={batch.id} />}
      {issued.length > 0 && may(viewer, 'printOnStock') && (
        <p>
          <Link to="/stock" search={{ run: runId }} className={buttonLook({})}>
            {t('stock.toPrint')}
          </Link>
        </p>
      )}
      <CandidateTable
        people={people}
        mayDuplicate={may(viewer, 'issueDuplicate')}
        mayRevoke={may(viewer, 'revokeCertificate')}
      />
      {issued.length > 0 && <Duplicates runId={runId} people={people} />}
    </section>
  );
}

interface CandidateTableProps {
  people: Candidate[];
  mayDuplicate: boolean;
  mayRevoke: boolean;
}

function CandidateTable({ people, mayDuplicate, mayRevoke }: CandidateTableProps) {
  const { t } = useWords();
  const columns: Column<Candidate>[] = [
    {
      head: t('certificates.name'),
      names: true,
      cell: ({ givenName, familyName }) => (
        <span className="font-name">
          {givenName} {familyName}
        </span>
      ),
    },
    { head: t('certificates.state'), cell: (candidate) => <State candidate={candidate} /> },
    {
      head: t('certificates.serial'),
      cell: ({ certificate }) => (certificate ? <Code>{certificate.serial}</Code> : '—'),
    },
    {
      head: t('document.download'),
      cell: ({ givenName, familyName, certificate }) => {
        if (!certificate) return '—';
        const name = `${givenName} ${familyName}`;
        const { documentId, documentState, status } = certificate;
        const isValid = status === 'VALID';
        return (
          <span className="flex flex-wrap items-center gap-2 max-md:justify-end">
            {documentId && documentState === 'READY' ? (
              <DownloadButton id={documentId} name={t('certificates.paper', { name })} />
            ) : (
              t(`documentState.${documentState}`)
            )}
            {mayDuplicate && isValid && <AskDuplicate certificateId={certificate.id} name={name} />}
            {mayRevoke && isValid && <AskRevocation certificateId={certificate.id} name={name} />}
          </span>
        );
      },
    },
  ];
  return (
    <DataTable
      label={t('certificates.title')}
      columns={columns}
      rows={people}
      keyOf={({ enrolmentId }) => enrolmentId}
    />
  );
}

function State({ candidate: { certificate, shortfalls } }: { candidate: Candidate }) {
  const { t } = useWords();
  if (certificate && certificate.status !== 'VALID') {
    return (
      <Chip tone="ronas" shape="outline">
        {t(`graduate.status.${certificate.status}`)}
      </Chip>
    );
  }
  if (certificate) return <Chip tone="yashm">{t('certificates.hasCertificate')}</Chip>;
  if (shortfalls.length === 0) {
    return (
      <Chip tone="nili" shape="outline">
        {t('certificates.qualifies')}
      </Chip>
    );
  }
  return (
    <span className="flex flex-wrap gap-1.5 max-md:justify-end">
      {shortfalls.map((shortfall) => (
        <Chip key={shortfall} tone="ronas" shape="outline">
          {t(`certificateShortfall.${shortfall}`)}
        </Chip>
      ))}
    </span>
  );
}
