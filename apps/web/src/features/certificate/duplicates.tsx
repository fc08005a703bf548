import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../shared/api/ask.js';
import { graphql, type EnumOf, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { DocumentState } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskFirst } from '../../shared/ui/ask-first.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { SelectField } from '../../shared/ui/fields.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { Code, SectionTitle } from '../../shared/ui/text.js';

const OfRun = graphql(`
  query CertificateDuplicates($runId: ID!) {
    certificateDuplicates(runId: $runId) {
      id
      certificateId
      printNumber
      reason
      issuedOn
      document {
        id
      }
    }
  }
`);

const Issue = graphql(`
  mutation IssueDuplicate($input: IssueDuplicateInput!) {
    issueDuplicate(input: $input) {
      __typename
      ... on CertificateDuplicate {
        printNumber
      }
      ... on DuplicateRefused {
        reason
      }
    }
  }
`);

type Duplicate = ResultOf<typeof OfRun>['certificateDuplicates'][number];
type Reason = EnumOf<'DuplicateReason'>;
const REASONS: readonly Reason[] = ['LOST', 'DAMAGED', 'STOLEN'];

/** Gives out a duplicate of one certificate, with the reason. */
export function AskDuplicate({ certificateId, name }: { certificateId: string; name: string }) {
  const { t, number } = useWords();
  const queries = useQueryClient();
  const [reason, setReason] = useState<Reason | ''>('');
  const issue = useSend(Issue, { onAnswer: () => queries.invalidateQueries() });
  const answer = issue.data?.issueDuplicate;
  return (
    <span className="grid gap-1">
      <AskFirst
        label={t('duplicates.issue')}
        name={t('duplicates.issueFor', { name })}
        title={t('duplicates.title', { name })}
        isPending={issue.isPending}
        ready={reason !== ''}
        onConfirm={() => reason && issue.mutate({ input: { certificateId, reason } })}
      >
        <p className="text-14">{t('duplicates.lead')}</p>
        <SelectField
          label={t('duplicates.reason')}
          value={reason}
          onChange={(next) => setReason(next as Reason | '')}
          placeholder={t('plan.choose')}
          options={REASONS.map((value) => ({ value, label: t(`duplicateReason.${value}`) }))}
        />
      </AskFirst>
      <FailureNote error={issue.error} />
      {answer?.__typename === 'DuplicateRefused' && <Note tone="danger">{t(`duplicateRefusal.${answer.reason}`)}</Note>}
      {answer?.__typename === 'CertificateDuplicate' && (
        <Note tone="done">{t('duplicates.issued', { print: number(answer.printNumber) })}</Note>
      )}
    </span>
  );
}

interface Holder {
  givenName: string;
  familyName: string;
  certificate: { id: string; serial: string } | null;
}

/** The duplicates given out of the certificates of a run. */
export function Duplicates({ runId, people }: { runId: string; people: readonly Holder[] }) {
  const { t, day, number } = useWords();
  const query = useQuery(ask(OfRun, { runId }));
  const rows = query.data?.certificateDuplicates ?? [];
  if (rows.length === 0) return null;
  const holders = new Map(people.map((holder) => [holder.certificate?.id, holder]));
  const columns: Column<Duplicate>[] = [
    {
      head: t('certificates.name'),
      names: true,
      cell: ({ certificateId }) => {
        const holder = holders.get(certificateId);
        return <span className="font-name">{holder && `${holder.givenName} ${holder.familyName}`}</span>;
      },
    },
    {
      head: t('certificates.serial'),
      cell: ({ certificateId }) => <Code>{holders.get(certificateId)?.certificate?.serial}</Code>,
    },
    { head: t('duplicates.print'), cell: ({ printNumber }) => number(printNumber) },
    { head: t('duplicates.reason'), cell: ({ reason }) => t(`duplicateReason.${reason}`) },
    { head: t('duplicates.issuedOn'), cell: ({ issuedOn }) => day(issuedOn, 'long') },
    {
      head: t('duplicates.cover'),
      cell: ({ document, printNumber, certificateId }) => (
        <DocumentState
          id={document.id}
          name={t('duplicates.coverOf', {
            print: number(printNumber),
            name: holders.get(certificateId)?.familyName ?? '',
          })}
        />
      ),
    },
  ];
  return (
    <section className="grid gap-2">
      <SectionTitle>{t('duplicates.list')}</SectionTitle>
      <DataTable label={t('duplicates.list')} columns={columns} rows={rows} keyOf={({ id }) => id} />
    </section>
  );
}
