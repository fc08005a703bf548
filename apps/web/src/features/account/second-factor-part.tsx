import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { dayInTehran } from '@app/persian';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button, buttonLook } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/fields.js';
import { PasswordField, type Refusal, RefusalNote } from '../../shared/ui/secret-fields.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { Code, SectionTitle } from '../../shared/ui/text.js';

const SecondFactor = graphql(`
  query SecondFactor {
    secondFactor {
      authenticator
      codesLeft
      dueAt
    }
  }
`);

const Begin = graphql(`
  mutation BeginAuthenticator($input: PasswordInput!) {
    beginAuthenticator(input: $input) {
      __typename
      ... on AuthenticatorSetup {
        key
        qrPath
        qrSize
      }
      ... on SignInRefused {
        reason
        retryAfterSeconds
      }
    }
  }
`);

const Confirm = graphql(`
  mutation ConfirmAuthenticator($input: ConfirmAuthenticatorInput!) {
    confirmAuthenticator(input: $input) {
      __typename
      ... on SignInRefused {
        reason
        retryAfterSeconds
      }
    }
  }
`);

const DrawSheet = graphql(`
  mutation DrawCodeSheet($input: PasswordInput!) {
    drawCodeSheet(input: $input) {
      __typename
      ... on OneTimeCodes {
        codes
        paper
      }
      ... on SignInRefused {
        reason
        retryAfterSeconds
      }
    }
  }
`);

type Setup = Extract<ResultOf<typeof Begin>['beginAuthenticator'], { __typename: 'AuthenticatorSetup' }>;
type Sheet = Extract<ResultOf<typeof DrawSheet>['drawCodeSheet'], { __typename: 'OneTimeCodes' }>;

const pictureOf = ({ qrPath, qrSize }: Setup): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${qrSize} ${qrSize}" shape-rendering="crispEdges"><path d="${qrPath}"/></svg>`,
  )}`;

/** The authenticator and the printed codes, each set up with the password. */
export function SecondFactorPart() {
  const { t, day, number } = useWords();
  const queries = useQueryClient();
  const query = useQuery(ask(SecondFactor, {}));
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const [code, setCode] = useState('');
  const [setup, setSetup] = useState<Setup | null>(null);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [done, setDone] = useState(false);

  const begin = useSend(Begin, {
    onAnswer: ({ beginAuthenticator: answer }) => {
      if (answer.__typename === 'SignInRefused') return setRefusal(answer);
      setPassword('');
      setSetup(answer);
    },
  });
  const confirm = useSend(Confirm, {
    onAnswer: async ({ confirmAuthenticator: answer }) => {
      setCode('');
      if (answer.__typename === 'SignInRefused') return setRefusal(answer);
      setSetup(null);
      setDone(true);
      await queries.invalidateQueries();
    },
  });
  const draw = useSend(DrawSheet, {
    onAnswer: async ({ drawCodeSheet: answer }) => {
      if (answer.__typename === 'SignInRefused') return setRefusal(answer);
      setPassword('');
      setSheet(answer);
      await queries.invalidateQueries();
    },
  });

  const withPassword = (send: typeof begin | typeof draw) => {
    setRefusal(null);
    setDone(false);
    setMissing(!password);
    if (password) send.mutate({ input: { password } });
  };
  const submitCode = (event: FormEvent) => {
    event.preventDefault();
    setRefusal(null);
    confirm.mutate({ input: { code } });
  };

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  const { authenticator, codesLeft, dueAt } = query.data.secondFactor;
  return (
    <section className="grid gap-3">
      <SectionTitle>{t('security.secondFactor')}</SectionTitle>
      <p className="text-14 text-wool-700">{t('security.secondFactorLead')}</p>
      {dueAt && <Note tone="waiting">{t('security.dueAt', { day: day(dayInTehran(new Date(dueAt))) })}</Note>}
      <p className="text-14">
        {t(authenticator ? 'security.authenticatorOn' : 'security.authenticatorOff')}
        {(authenticator || codesLeft > 0) &&
          ` ${t('security.codesLeft', { codes: number(codesLeft), count: codesLeft })}`}
      </p>
      <RefusalNote refusal={refusal} />
      {done && <Note tone="done">{t('security.confirmed')}</Note>}
      <FailureNote error={begin.error ?? confirm.error ?? draw.error} />
      {setup ? (
        <form onSubmit={submitCode} className="grid justify-items-start gap-3">
          <p className="text-14">{t('security.scan')}</p>
          <img
            alt={t('security.picture')}
            src={pictureOf(setup)}
            className="size-52 rounded-control border border-wool-300 bg-white"
          />
          <p className="text-13 break-all">
            {t('security.byHand')} <Code>{setup.key}</Code>
          </p>
          <TextField
            label={t('security.firstCode')}
            inputMode="numeric"
            autoComplete="one-time-code"
            dir="ltr"
            value={code}
            onChange={setCode}
          />
          <Button type="submit" kind="primary" isPending={confirm.isPending}>
            {t('security.confirm')}
          </Button>
        </form>
      ) : (
        <div className="grid max-w-96 gap-3">
          <PasswordField value={password} onChange={setPassword} asked={missing} hint={t('security.passwordHint')} />
          <div className="flex flex-wrap gap-2">
            <Button onPress={() => withPassword(begin)} isPending={begin.isPending}>
              {t('security.begin')}
            </Button>
            <Button onPress={() => withPassword(draw)} isPending={draw.isPending}>
              {t('security.drawSheet')}
            </Button>
          </div>
        </div>
      )}
      {sheet && (
        <Note tone="news">
          <p>{t('security.sheetLead')}</p>
          <ul className="my-2 grid grid-cols-2 gap-1 sm:grid-cols-5">
            {sheet.codes.map((one) => (
              <li key={one}>
                <Code>{one}</Code>
              </li>
            ))}
          </ul>
          <a className={buttonLook({})} download="codes.pdf" href={`data:application/pdf;base64,${sheet.paper}`}>
            {t('security.sheetFile')}
          </a>
        </Note>
      )}
    </section>
  );
}
