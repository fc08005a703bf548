import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayInTehran } from '@app/persian';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { DocumentLine } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskAgreement, AskedNote } from '../../shared/ui/ask-agreement.js';
import { SelectField } from '../../shared/ui/fields.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';

const Exports = graphql(`
  query PeopleExports {
    offices {
      id
      name
      nameEn
    }
    peopleExports {
      id
      requestedAt
    }
  }
`);

const Export = graphql(`
  mutation ExportPeople($input: ExportPeopleInput!) {
    exportPeople(input: $input) {
      __typename
      ... on PeopleExportRefused {
        reason
      }
    }
  }
`);

/** The people of an office as one file: asked for here, made when another agrees, and opened here. */
export function ExportPart() {
  const { t, either, day } = useWords();
  const query = useQuery(ask(Exports, {}));
  const [chosen, setChosen] = useState('');
  const send = useSend(Export);
  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  const { offices, peopleExports } = query.data;
  const office = offices.find(({ id }) => id === chosen) ?? (offices.length === 1 ? offices[0] : undefined);
  const answer = send.data?.exportPeople;
  return (
    <section className="grid gap-3">
      <SectionTitle>{t('people.export')}</SectionTitle>
      <p className="text-14 text-wool-700">{t('people.exportLead')}</p>
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,24rem)_auto] sm:justify-start">
        <SelectField
          label={t('people.office')}
          value={office?.id ?? ''}
          onChange={setChosen}
          placeholder={t('plan.choose')}
          options={offices.map(({ id, name, nameEn }) => ({ value: id, label: either(name, nameEn) }))}
        />
        {office && (
          <AskAgreement
            label={t('people.askExport')}
            title={t('people.askExportTitle', { office: either(office.name, office.nameEn) })}
            isPending={send.isPending}
            onAsk={(purpose) => send.mutate({ input: { officeId: office.id, purpose } })}
          >
            <p className="text-14">{t('people.askExportLead')}</p>
          </AskAgreement>
        )}
      </div>
      <FailureNote error={send.error} />
      {answer?.__typename === 'PeopleExportRefused' && (
        <Note tone="danger">{t(`peopleExportRefusal.${answer.reason}`)}</Note>
      )}
      {answer?.__typename === 'AgreementRequest' && <AskedNote />}
      {peopleExports.length > 0 && (
        <ul className="grid divide-y divide-wool-200 rounded-card border border-wool-200 bg-wool-0">
          {peopleExports.map(({ id, requestedAt }) => (
            <li key={id} className="px-4 py-3">
              <DocumentLine
                id={id}
                name={t('people.exportOf', { day: day(dayInTehran(new Date(requestedAt)), 'long') })}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
