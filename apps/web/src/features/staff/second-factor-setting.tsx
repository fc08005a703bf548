import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayInTehran } from '@app/persian';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskAgreement, AskedNote } from '../../shared/ui/ask-agreement.js';
import { Choice } from '../../shared/ui/choice.js';
import { TextField } from '../../shared/ui/fields.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';

const Setting = graphql(`
  query SecondFactorSetting {
    secondFactorSetting {
      id
      required
      requiredSince
      networks
    }
  }
`);

const Ask = graphql(`
  mutation AskSecondFactor($input: SetSecondFactorInput!) {
    setSecondFactor(input: $input) {
      __typename
      ... on SecondFactorRefused {
        reason
      }
    }
  }
`);

/** Whether the people of the office need a second step at sign-in, and from which networks they do not. */
export function SecondFactorSetting() {
  const { t, day } = useWords();
  const query = useQuery(ask(Setting, {}));
  const [changed, setChanged] = useState<{ required?: boolean; networks?: string }>({});
  const set = useSend(Ask, {
    onAnswer: ({ setSecondFactor: answer }) => {
      if (answer.__typename === 'AgreementRequest') setChanged({});
    },
  });
  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  const standing = query.data.secondFactorSetting;
  const required = changed.required ?? standing.required;
  const networks = changed.networks ?? standing.networks.join('\n');
  const answer = set.data?.setSecondFactor;
  return (
    <section className="grid gap-3">
      <SectionTitle>{t('staff.secondFactor')}</SectionTitle>
      <p className="text-14 text-wool-700">{t('staff.secondFactorLead')}</p>
      <div className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
        <p className="text-14">
          {standing.requiredSince
            ? t('staff.requiredSince', { day: day(dayInTehran(new Date(standing.requiredSince)), 'long') })
            : t('staff.notRequired')}
        </p>
        <Choice
          label={t('staff.secondFactor')}
          value={required ? 'required' : 'free'}
          options={(['free', 'required'] as const).map((value) => ({ value, label: t(`staff.factor.${value}`) }))}
          onChange={(next) => setChanged({ ...changed, required: next === 'required' })}
        />
        <TextField
          label={t('staff.networks')}
          hint={t('staff.networksHint')}
          lines={2}
          dir="ltr"
          value={networks}
          onChange={(next) => setChanged({ ...changed, networks: next })}
        />
        <FailureNote error={set.error} />
        {answer?.__typename === 'SecondFactorRefused' && (
          <Note tone="danger">{t(`secondFactorRefusal.${answer.reason}`)}</Note>
        )}
        {answer?.__typename === 'AgreementRequest' && <AskedNote />}
        <div>
          <AskAgreement
            label={t('staff.askChange')}
            name={t('staff.askSecondFactor')}
            title={t('staff.askSecondFactor')}
            isPending={set.isPending}
            onAsk={(purpose) =>
              set.mutate({ input: { required, networks: networks.split(/[\s،,]+/).filter(Boolean), purpose } })
            }
          >
            <p className="text-14">{t(required ? 'staff.askRequiredLead' : 'staff.askFreeLead')}</p>
          </AskAgreement>
        </div>
      </div>
    </section>
  );
}
