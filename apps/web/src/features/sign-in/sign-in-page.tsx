import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { ToggleButton } from 'react-aria-components';
import { ask } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button, buttonLook } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/fields.js';
import { LanguageSwitch } from '../../shared/ui/language-switch.js';
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

type Refusal = Extract<ResultOf<typeof SignIn>['signIn'], { __typename: 'SignInRefused' }>;

export function SignInPage() {
  const { t } = useWords();
  const router = useRouter();
  const queries = useQueryClient();
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [codeAsked, setCodeAsked] = useState(false);
  const [shown, setShown] = useState(false);
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { refused } = getRouteApi('/sign-in').useSearch();
  const singleSignOn = useQuery(ask(SingleSignOn, {})).data?.singleSignOn;
  const form = useRef<HTMLFormElement>(null);
  useTitle(t('signIn.title'));
  // The field appears where typing goes on.
  useEffect(() => {
    if (codeAsked) form.current?.querySelector<HTMLInputElement>('input[name=code]')?.focus();
  }, [codeAsked]);

  const signIn = useSend(SignIn, {
    onAnswer: async ({ signIn: answer }) => {
      if (answer.__typename === 'SignInRefused') {
        if (answer.reason === 'CODE_NEEDED') setCodeAsked(true);
        setCode('');
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

  return (
    <div className="grid min-h-dvh grid-rows-[8px_1fr] bg-nili-800">
      <div aria-hidden className="band" />
      <main className="grid place-items-center px-4 py-8">
        <div className="w-full max-w-96">
          <p className="mb-6 flex items-center justify-center gap-3 text-white">
            <Star className="size-10 text-gold" />
            <span className="text-22 font-title">
              {t('product')}
              <span className="block text-13 font-normal text-nili-200">{t('signIn.lead')}</span>
            </span>
          </p>
          <form
            ref={form}
            onSubmit={submit}
            noValidate
            className="grid gap-4 rounded-card bg-wool-0 p-5 shadow-float sm:p-6"
          >
            <PageTitle>{t('signIn.title')}</PageTitle>
            {refusal && (
              <Note tone={refusal.reason === 'CODE_NEEDED' ? 'news' : 'danger'}>
                {t(`signInRefusal.${refusal.reason}`)}
                {refusal.retryAfterSeconds > 0 &&
                  ` ${t('signIn.wait', { seconds: refusal.retryAfterSeconds, count: refusal.retryAfterSeconds })}`}
              </Note>
            )}
            {refused && !refusal && <Note tone="danger">{t('signIn.noSuchAccount')}</Note>}
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
            <TextField
              label={t('signIn.password')}
              name="password"
              type={shown ? 'text' : 'password'}
              autoComplete="current-password"
              dir="ltr"
              value={password}
              onChange={setPassword}
              error={asked && !password ? t('signIn.needPassword') : undefined}
            >
              <ToggleButton
                isSelected={shown}
                onChange={setShown}
                aria-label={t('signIn.show')}
                className="absolute inset-y-0 end-0 grid w-11 place-items-center rounded-control text-wool-600"
              >
                {shown ? <EyeOff aria-hidden className="size-5" /> : <Eye aria-hidden className="size-5" />}
              </ToggleButton>
            </TextField>
            {codeAsked && (
              <TextField
                label={t('signIn.code')}
                name="code"
                autoComplete="one-time-code"
                dir="ltr"
                value={code}
                onChange={setCode}
                hint={t('signIn.codeHint')}
                error={asked && !code.trim() && refusal === null ? t('signIn.needCode') : undefined}
              />
            )}
            <Button type="submit" kind="primary" wide isPending={signIn.isPending}>
              {t('signIn.submit')}
            </Button>
            {singleSignOn && (
              <a href="/oidc/start" className={buttonLook({ wide: true })}>
                {singleSignOn}
              </a>
            )}
          </form>
          <p className="mt-3 text-center">
            <LanguageSwitch />
          </p>
        </div>
      </main>
    </div>
  );
}
