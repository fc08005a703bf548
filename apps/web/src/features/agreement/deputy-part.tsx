import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { SelectField } from '../../shared/ui/fields.js';
import { JalaliField, typedDay } from '../../shared/ui/jalali-field.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';

const Deputies = graphql(`
  query Deputies {
    colleagues {
      id
      displayName
      roles
    }
    deputies {
      id
      displayName
      fromDay
      toDay
    }
  }
`);

const Name = graphql(`
  mutation NameDeputy($input: NameDeputyInput!) {
    nameDeputy(input: $input) {
      __typename
      ... on AgreementRefused {
        reason
      }
    }
  }
`);

const End = graphql(`
  mutation EndDeputy($id: ID!) {
    endDeputy(id: $id) {
      id
    }
  }
`);

/** Who answers requests in the viewer's place, from day to day. */
export function DeputyPart() {
  const { t, dayRange } = useWords();
  const queries = useQueryClient();
  const query = useQuery(ask(Deputies, {}));
  const [deputyId, setDeputyId] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [sent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const name = useSend(Name, {
    onAnswer: async ({ nameDeputy: answer }) => {
      setSent(false);
      setRefusal(answer.__typename === 'AgreementRefused' ? t(`agreementRefusal.${answer.reason}`) : null);
      if (answer.__typename === 'DeputyList') {
        setDeputyId('');
        setFrom('');
        setTo('');
        await queries.invalidateQueries();
      }
    },
  });
  const end = useSend(End, { onAnswer: () => queries.invalidateQueries() });

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  const { colleagues, deputies } = query.data;
  const days = { from: typedDay(from), to: typedDay(to) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    setRefusal(null);
    if (deputyId && days.from && days.to) name.mutate({ input: { deputyId, from: days.from, to: days.to } });
  };

  return (
    <section aria-labelledby="deputies" className="mt-4 grid gap-3">
      <span id="deputies">
        <SectionTitle>{t('agreements.deputies')}</SectionTitle>
      </span>
      <p className="text-14 text-wool-700">{t('agreements.deputiesLead')}</p>
      <FailureNote error={name.error ?? end.error} />
      {refusal && <Note tone="danger">{refusal}</Note>}
      {deputies.length > 0 && (
        <ul className="divide-y divide-wool-200 rounded-card border border-wool-200 bg-wool-0">
          {deputies.map(({ id, displayName, fromDay, toDay }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
              <div className="min-w-0 flex-1">
                <p className="text-14 font-label break-words">{displayName}</p>
                <p className="text-13 text-wool-600">{dayRange(fromDay, toDay)}</p>
              </div>
              <Button
                kind="quiet"
                aria-label={t('agreements.endNamed', { name: displayName })}
                onPress={() => end.mutate({ id })}
              >
                {t('agreements.endDeputy')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {colleagues.length === 0 ? (
        <Note tone="waiting">{t('agreements.noColleagues')}</Note>
      ) : (
        <form onSubmit={submit} noValidate className="grid gap-3">
          <SelectField
            label={t('agreements.colleague')}
            value={deputyId}
            onChange={setDeputyId}
            placeholder={t('agreements.choose')}
            options={colleagues.map(({ id, displayName, roles }) => ({
              value: id,
              label: t('agreements.colleagueLine', {
                name: displayName,
                roles: roles.map((role) => t(`role.${role}`)).join(t('list')),
              }),
            }))}
            error={sent && !deputyId ? t('agreements.needColleague') : undefined}
          />
          <div className="grid gap-3 sm:grid-cols-2">
            <JalaliField label={t('agreements.from')} value={from} onChange={setFrom} hint={t('agreements.dayHint')} />
            <JalaliField label={t('agreements.to')} value={to} onChange={setTo} hint={t('agreements.dayHint')} />
          </div>
          {sent && deputyId && !(days.from && days.to) && <Note tone="danger">{t('agreements.needDays')}</Note>}
          <div>
            <Button type="submit" isPending={name.isPending}>
              {t('agreements.nameDeputy')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
