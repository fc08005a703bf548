import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type EnumOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskAgreement, AskedNote } from '../../shared/ui/ask-agreement.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { SelectField, TextField } from '../../shared/ui/fields.js';
import { Failed, FailureNote, Loading } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';
import { typedNumber } from '../../shared/ui/typed.js';

const Limits = graphql(`
  query SessionLimits {
    sessionLimits {
      role
      idleMinutes
      absoluteMinutes
    }
  }
`);

const Ask = graphql(`
  mutation AskSessionLimits($input: SetSessionLimitsInput!) {
    setSessionLimits(input: $input) {
      id
    }
  }
`);

interface Limit {
  role: EnumOf<'Role'>;
  idleMinutes: number;
  absoluteMinutes: number;
}

/** How long sessions of each role last; a change takes two people. */
export function SessionLimits() {
  const { t, hours } = useWords();
  const query = useQuery(ask(Limits, {}));
  const [role, setRole] = useState<EnumOf<'Role'> | ''>('');
  const [idle, setIdle] = useState('');
  const [absolute, setAbsolute] = useState('');
  const set = useSend(Ask);
  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={3} />;
  const limits = query.data.sessionLimits;
  const columns: Column<Limit>[] = [
    {
      head: t('staff.role'),
      names: true,
      cell: (limit) => <span className="font-name">{t(`role.${limit.role}`)}</span>,
    },
    { head: t('staff.idle'), cell: ({ idleMinutes }) => hours(idleMinutes) },
    { head: t('staff.absolute'), cell: ({ absoluteMinutes }) => hours(absoluteMinutes) },
  ];
  const [idleMinutes, absoluteMinutes] = [typedNumber(idle), typedNumber(absolute)];
  return (
    <section className="grid gap-3">
      <SectionTitle>{t('staff.limits')}</SectionTitle>
      <p className="text-14 text-wool-700">{t('staff.limitsLead')}</p>
      <DataTable label={t('staff.limits')} columns={columns} rows={limits} keyOf={(limit) => limit.role} />
      <div className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
        <div className="grid gap-3 sm:grid-cols-3">
          <SelectField
            label={t('staff.role')}
            value={role}
            onChange={(next) => setRole(next as EnumOf<'Role'> | '')}
            placeholder={t('plan.choose')}
            options={limits.map((limit) => ({ value: limit.role, label: t(`role.${limit.role}`) }))}
          />
          <TextField label={t('staff.idleMinutes')} inputMode="numeric" value={idle} onChange={setIdle} />
          <TextField label={t('staff.absoluteMinutes')} inputMode="numeric" value={absolute} onChange={setAbsolute} />
        </div>
        <FailureNote error={set.error} />
        {set.data && <AskedNote />}
        <div className="flex flex-wrap items-center gap-3">
          {role && idleMinutes !== null && absoluteMinutes !== null ? (
            <AskAgreement
              label={t('staff.askChange')}
              name={t('staff.askLimits')}
              title={t('staff.askLimits')}
              isPending={set.isPending}
              onAsk={(purpose) => set.mutate({ input: { role, idleMinutes, absoluteMinutes, purpose } })}
            >
              <p className="text-14">{t('staff.askLimitsLead')}</p>
            </AskAgreement>
          ) : (
            <span className="text-13 text-wool-600">{t('staff.limitsMissing')}</span>
          )}
        </div>
      </div>
    </section>
  );
}
