import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ask } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button, buttonLook } from '../../shared/ui/button.js';
import { EntryFrame } from '../../shared/ui/entry-frame.js';
import { TextField } from '../../shared/ui/fields.js';
import { CodeField, PasswordField, type Refusal, RefusalNote } from '../../shared/ui/secret-fields.js';
import { Star } from '../../shared/ui/star.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      __typename
      ... on SignInRefused {
        reason
        retryAfterSeconds
      }
    }
  }
`);

const SingleSignOn = graphql(`
  query SingleSignOn {
    singleSignOn
  }
`);

export function SignInPage() {
  const { t } = useWords();
  const router = useRouter();
  const queries = useQueryClient();
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [codeAsked, setCodeAsked] = useState(false);
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { refused } = getRouteApi('/sign-in').useSearch();
  const singleSignOn = useQuery(ask(SingleSignOn, {})).data?.singleSignOn;
  useTitle(t('signIn.title'));

  const signIn = useSend(SignIn, {
    onAnswer: async ({ signIn: answer }) => {
      if (answer.__typename === 'SignInRefused') {
        if (answer.reason === 'CODE_NEEDED') setCodeAsked(true);
        setCode('');
        setAsked(false);
        return setRefusal(answer);
      }
      // What was read as nobody is asked again.
      queries.removeQueries();
      await router.invalidate();
    },
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(true);
    setRefusal(null);
    const missing = !userName.trim() ? 'userName' : !password ? 'password' : codeAsked && !code.trim() ? 'code' : null;
    if (!missing) return signIn.mutate({ input: { userName, password, ...(codeAsked && { code }) } });
    event.currentTarget.querySelector<HTMLInputElement>(`input[name=${missing}]`)?.focus();
  };

  const name = (
    <p className="mb-6 flex items-center justify-center gap-3 text-white">
      <Star className="size-10 text-gold" />
      <span className="text-22 font-title">
        {t('product')}
        <span className="block text-13 font-normal text-nili-200">{t('signIn.lead')}</span>
      </span>
    </p>
  );
  return (
    <EntryFrame above={name}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <PageTitle>{t('signIn.title')}</PageTitle>
        <RefusalNote refusal={refusal} />
        {refused && !refusal && (
          <Note tone="danger">{t(refused === 'factor' ? 'signIn.noFactorTold' : 'signIn.noSuchAccount')}</Note>
        )}
        <FailureNote error={signIn.error} />
        <TextField
          label={t('signIn.userName')}
          name="userName"
          autoComplete="username"
          dir="ltr"
          value={userName}
          onChange={setUserName}
          error={asked && !userName.trim() ? t('signIn.needUserName') : undefined}
        />
        <PasswordField value={password} onChange={setPassword} asked={asked} />
        {codeAsked && <CodeField value={code} onChange={setCode} asked={asked} />}
        <Button type="submit" kind="primary" wide isPending={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
        {singleSignOn && (
          <a href="/oidc/start" className={buttonLook({ wide: true })}>
            {singleSignOn}
          </a>
        )}
        <p className="text-14">
          <Link to="/me/sign-in">{t('graduate.door')}</Link>
        </p>
      </form>
    </EntryFrame>
  );
}
