import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { toAsciiDigits } from '@app/persian';
import { ask } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { may, viewerQuery } from '../../shared/api/viewer.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/fields.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { Code, SectionTitle } from '../../shared/ui/text.js';
import { ScopeChoice } from './scope-choice.js';

const Scopes = graphql(`
  query TokenScopes {
    viewer {
      tokenScopes
    }
  }
`);

const Create = graphql(`
  mutation CreateToken($input: CreateTokenInput!) {
    createToken(input: $input) {
      token
    }
  }
`);

const CreateForDevice = graphql(`
  mutation CreateDeviceToken($input: CreateDeviceTokenInput!) {
    createDeviceToken(input: $input) {
      token
    }
  }
`);

/** Tokens for other programs and for telephones: made here, shown once, ended in the list of sessions. */
export function TokensPart() {
  const { t } = useWords();
  const queries = useQueryClient();
  const scopes = useQuery(ask(Scopes, {})).data?.viewer?.tokenScopes ?? [];
  const viewer = useQuery(viewerQuery).data?.viewer;
  const [name, setName] = useState('');
  const [days, setDays] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState(false);
  const [token, setToken] = useState<string | null>(null);

  const shown = async (made: string) => {
    setToken(made);
    setName('');
    setChosen(new Set());
    setAsked(false);
    await queries.invalidateQueries();
  };
  const create = useSend(Create, { onAnswer: ({ createToken }) => shown(createToken.token) });
  const forDevice = useSend(CreateForDevice, { onAnswer: ({ createDeviceToken }) => shown(createDeviceToken.token) });

  const wanted = Number(toAsciiDigits(days || '30'));
  const daysWrong = !Number.isInteger(wanted) || wanted < 1 || wanted > 365;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    setToken(null);
    if (name.trim() && !daysWrong && chosen.size > 0)
      create.mutate({ input: { name: name.trim(), scopes: [...chosen], days: wanted } });
  };
  const submitDevice = () => {
    setAsked(true);
    setToken(null);
    if (name.trim()) forDevice.mutate({ input: { name: name.trim() } });
  };

  return (
    <section className="grid gap-3">
      <SectionTitle>{t('security.tokens')}</SectionTitle>
      <p className="text-14 text-wool-700">{t('security.tokensLead')}</p>
      <FailureNote error={create.error ?? forDevice.error} />
      {token && (
        <Note tone="done">
          {t('security.tokenMade')}{' '}
          <span className="break-all">
            <Code>{token}</Code>
          </span>
        </Note>
      )}
      <form onSubmit={submit} noValidate className="grid gap-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t('security.tokenName')}
            value={name}
            onChange={setName}
            error={asked && !name.trim() ? t('security.needName') : undefined}
          />
          <TextField
            label={t('security.tokenDays')}
            inputMode="numeric"
            placeholder={t('security.tokenDaysDefault')}
            value={days}
            onChange={setDays}
            error={daysWrong ? t('security.daysWrong') : undefined}
          />
        </div>
        <fieldset className="grid gap-2">
          <legend className="pb-1 text-13 text-wool-600">{t('security.scopes')}</legend>
          <ScopeChoice scopes={scopes} chosen={chosen} onChange={setChosen} />
          {asked && chosen.size === 0 && <p className="text-13 text-ronas-ink">{t('security.needScope')}</p>}
        </fieldset>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="primary" isPending={create.isPending}>
            {t('security.createToken')}
          </Button>
          {may(viewer, 'createDeviceToken') && (
            <Button onPress={submitDevice} isPending={forDevice.isPending}>
              {t('security.createDeviceToken')}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}
