import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dayInTehran } from '@app/persian';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { DocumentState, PaperInPage } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskAgreement, AskedNote } from '../../shared/ui/ask-agreement.js';
import { Button } from '../../shared/ui/button.js';
import { Chip } from '../../shared/ui/chip.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { Empty, Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { PageTitle, SectionTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { DraftPart } from './draft-form.js';
import { COUNTRY, type Form, Forms } from './forms.js';

const Publish = graphql(`
  mutation PublishCertificateForm($input: PublishCertificateTemplateInput!) {
    publishCertificateTemplate(input: $input) {
      __typename
      ... on CertificateTemplateRefused {
        reason
        mendFa
        mendEn
      }
    }
  }
`);

/** The forms of certificates: their versions, which of them is in force, and a new one. */
export function FormsPage() {
  const { t } = useWords();
  const query = useQuery(ask(Forms, {}));
  useTitle(t('forms.title'));
  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { certificateTemplates: forms } = query.data;
  return (
    <div className="grid max-w-5xl gap-8">
      <div className="grid gap-1">
        <PageTitle>{t('forms.title')}</PageTitle>
        <p className="text-14 text-wool-700">{t('forms.lead')}</p>
      </div>
      {forms.length > 0 ? <Versions forms={forms} /> : <Empty title={t('forms.emptyTitle')} text={t('forms.empty')} />}
      <section className="grid gap-3">
        <SectionTitle>{t('forms.draft')}</SectionTitle>
        <DraftPart forms={forms} />
      </section>
    </div>
  );
}

function Versions({ forms }: { forms: Form[] }) {
  const { t, day, number, either } = useWords();
  const queries = useQueryClient();
  const publish = useSend(Publish, { onAnswer: () => queries.invalidateQueries() });
  const answer = publish.data?.publishCertificateTemplate;
  const [shown, setShown] = useState<Form | null>(null);
  const nameOf = ({ title, version }: Form) => t('forms.version', { title, version: number(version) });
  const columns: Column<Form>[] = [
    { head: t('forms.name'), names: true, cell: (form) => <span className="font-name">{nameOf(form)}</span> },
    { head: t('forms.scope'), cell: ({ scope }) => t(scope === COUNTRY ? 'forms.country' : 'forms.province') },
    { head: t('forms.design'), cell: ({ design }) => t(`certificateDesign.${design}`) },
    { head: t('forms.printMode'), cell: ({ printMode }) => t(`printMode.${printMode}`) },
    {
      head: t('forms.state'),
      cell: ({ state, inForce, createdAt, publishedAt }) => (
        <span className="flex flex-wrap items-center gap-2">
          <Chip tone={inForce ? 'yashm' : 'wool'} shape={state === 'DRAFT' ? 'outline' : 'full'}>
            {t(inForce ? 'forms.inForce' : `certificateFormState.${state}`)}
          </Chip>
          <span className="text-12 text-wool-600">{day(dayInTehran(new Date(publishedAt ?? createdAt)), 'long')}</span>
        </span>
      ),
    },
    {
      head: t('forms.preview'),
      cell: (form) => (
        <span className="flex flex-wrap items-center gap-2 max-md:justify-end">
          <Button
            aria-label={t('forms.showNamed', { name: nameOf(form) })}
            aria-expanded={shown?.id === form.id}
            onPress={() => setShown(shown?.id === form.id ? null : form)}
          >
            {t(shown?.id === form.id ? 'forms.hide' : 'forms.show')}
          </Button>
          <DocumentState id={form.preview.id} name={t('forms.previewOf', { name: nameOf(form) })} />
          {form.viewerCanPublish && (
            <AskAgreement
              label={t('forms.publish')}
              name={t('forms.publishNamed', { name: nameOf(form) })}
              title={t('forms.publishTitle', { name: nameOf(form) })}
              isPending={publish.isPending}
              onAsk={(purpose) => publish.mutate({ input: { templateId: form.id, purpose } })}
            >
              <p className="text-14">{t('forms.publishLead')}</p>
            </AskAgreement>
          )}
        </span>
      ),
    },
  ];
  return (
    <section className="grid gap-3">
      <FailureNote error={publish.error} />
      {answer?.__typename === 'CertificateTemplateRefused' && (
        <Note tone="danger">
          {t(`certificateFormRefusal.${answer.reason}`)} {either(answer.mendFa ?? '', answer.mendEn ?? '')}
        </Note>
      )}
      {answer?.__typename === 'AgreementRequest' && <AskedNote />}
      <DataTable label={t('forms.title')} columns={columns} rows={forms} keyOf={({ id }) => id} />
      {shown && (
        <PaperInPage key={shown.id} id={shown.preview.id} name={t('forms.previewOf', { name: nameOf(shown) })} />
      )}
    </section>
  );
}
