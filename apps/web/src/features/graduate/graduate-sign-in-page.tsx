import { toAsciiDigits } from '@app/persian';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { EntryFrame } from '../../shared/ui/entry-frame.js';
import { TextField } from '../../shared/ui/fields.js';
import { JalaliField, typedDay } from '../../shared/ui/jalali-field.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';

const Ask = graphql(`
  mutation AskOneTimePassword($input: AskOneTimePasswordInput!) {
    askOneTimePassword(input: $input) {
      __typename
      ... on GraduateSignInRefused {
        reason
        retryAfterSeconds
        triesLeft
      }
    }
  }
`);

const Enter = graphql(`
  mutation EnterOneTimePassword($input: EnterOneTimePasswordInput!) {
    enterOneTimePassword(input: $input) {
      __typename
      ... on GraduateSignInRefused {
        reason
        retryAfterSeconds
        triesLeft
      }
    }
  }
`);

const EnterBirthDate = graphql(`
  mutation EnterBirthDate($input: EnterBirthDateInput!) {
    enterBirthDate(input: $input) {
      __typename
      ... on GraduateSignInRefused {
        reason
        retryAfterSeconds
        triesLeft
      }
    }
  }
`);

type Refusal = Extract<ResultOf<typeof Ask>['askOneTimePassword'], { __typename: 'GraduateSignInRefused' }>;
type Step = 'MOBILE' | 'PASSWORD' | 'BIRTH_DATE';

/** Seconds until another password may be asked for. */
const ASK_AGAIN_SECONDS = 120;
const DIGITS = 6;

/** Sign-in of trainees and graduates: mobile number, one-time password, birth date. */
export function GraduateSignInPage() {
  const { t } = useWords();
  const router = useRouter();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>('MOBILE');
  const [mobile, setMobile] = useState('');
  const [password, setPassword] = useState('');
  const [birthDay, setBirthDay] = useState('');
  const [nationalIdEnd, setNationalIdEnd] = useState('');
  const [endAsked, setEndAsked] = useState(false);
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [wait, restartWait] = useCountdown();
  const form = useRef<HTMLFormElement>(null);
  useTitle(t('graduate.signIn'));
  // Typing goes on in the field of each step.
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('input')?.focus();
  }, [step]);
  useEffect(() => {
    if (endAsked) form.current?.querySelector<HTMLInputElement>('input[name=nationalIdEnd]')?.focus();
  }, [endAsked]);

  const goTo = (next: Step) => {
    setAsked(false);
    setRefusal(null);
    setStep(next);
  };
  const ask = useSend(Ask, {
    onAnswer: ({ askOneTimePassword: answer }) => {
      if (answer.__typename === 'GraduateSignInRefused') return setRefusal(answer);
      setPassword('');
      restartWait();
      goTo('PASSWORD');
    },
  });
  const enter = useSend(Enter, {
    onAnswer: ({ enterOneTimePassword: answer }) => {
      if (answer.__typename !== 'GraduateSignInRefused') return goTo('BIRTH_DATE');
      setPassword('');
      setRefusal(answer);
    },
  });
  const enterBirthDate = useSend(EnterBirthDate, {
    onAnswer: async ({ enterBirthDate: answer }) => {
      if (answer.__typename === 'GraduateSignInRefused') {
        if (answer.reason === 'NATIONAL_ID_NEEDED') setEndAsked(true);
        return setRefusal(answer);
      }
      queries.removeQueries();
      await router.navigate({ to: '/me' });
    },
  });
  const error = ask.error ?? enter.error ?? enterBirthDate.error;
  const digits = toAsciiDigits(password).replace(/\D/g, '');

  const sendPassword = (typed: string) => {
    setRefusal(null);
    enter.mutate({ input: { password: typed } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    setRefusal(null);
    if (step === 'MOBILE' && mobile.trim()) return ask.mutate({ input: { mobile } });
    if (step === 'PASSWORD' && digits.length === DIGITS) return sendPassword(digits);
    const bornOn = typedDay(birthDay);
    if (step === 'BIRTH_DATE' && bornOn)
      enterBirthDate.mutate({ input: { birthDay: bornOn, ...(endAsked && { nationalIdEnd }) } });
  };
  const isPending = ask.isPending || enter.isPending || enterBirthDate.isPending;

  const fields: Record<Step, ReactNode> = {
    MOBILE: (
      <TextField
        label={t('graduate.mobile')}
        name="mobile"
        inputMode="tel"
        autoComplete="tel-national"
        dir="ltr"
        value={mobile}
        onChange={setMobile}
        hint={t('graduate.mobileHint')}
        error={asked && !mobile.trim() ? t('graduate.needMobile') : undefined}
      />
    ),
    PASSWORD: (
      <TextField
        label={t('graduate.password')}
        name="password"
        inputMode="numeric"
        autoComplete="one-time-code"
        dir="ltr"
        value={password}
        onChange={(typed) => {
          setPassword(typed);
          const whole = toAsciiDigits(typed).replace(/\D/g, '');
          // What the telephone fills in needs no press of a button.
          if (whole.length === DIGITS && digits.length < DIGITS && !isPending) sendPassword(whole);
        }}
        hint={t('graduate.passwordHint')}
        error={asked && digits.length !== DIGITS && !refusal ? t('graduate.needPassword') : undefined}
      />
    ),
    BIRTH_DATE: (
      <>
        <JalaliField
          label={t('graduate.birthDate')}
          value={birthDay}
          onChange={setBirthDay}
          hint={t('graduate.birthDateHint')}
        />
        {endAsked && (
          <TextField
            label={t('graduate.nationalIdEnd')}
            name="nationalIdEnd"
            inputMode="numeric"
            dir="ltr"
            value={nationalIdEnd}
            onChange={setNationalIdEnd}
          />
        )}
      </>
    ),
  };

  return (
    <EntryFrame>
      <form ref={form} onSubmit={submit} noValidate className="grid gap-4">
        <PageTitle>{t('graduate.signIn')}</PageTitle>
        <p className="text-14 text-wool-700">{t(`graduate.lead.${step}`)}</p>
        <Refused refusal={refusal} />
        <FailureNote error={error} />
        {fields[step]}
        <Button type="submit" kind="primary" wide isPending={isPending}>
          {t(step === 'MOBILE' ? 'graduate.ask' : step === 'PASSWORD' ? 'graduate.goOn' : 'signIn.submit')}
        </Button>
        {step !== 'MOBILE' && (
          <div className="flex flex-wrap justify-between gap-2">
            <Button kind="quiet" onPress={() => goTo('MOBILE')}>
              {t('graduate.otherNumber')}
            </Button>
            {step === 'PASSWORD' && (
              <Button kind="quiet" isDisabled={wait > 0} onPress={() => ask.mutate({ input: { mobile } })}>
                {wait > 0 ? t('graduate.askAgainIn', { seconds: wait, count: wait }) : t('graduate.askAgain')}
              </Button>
            )}
          </div>
        )}
        <p className="text-13 text-wool-600">{t('graduate.lost')}</p>
        <p className="text-14">
          <Link to="/sign-in">{t('graduate.staff')}</Link>
        </p>
      </form>
    </EntryFrame>
  );
}

function Refused({ refusal }: { refusal: Refusal | null }) {
  const { t } = useWords();
  if (!refusal) return null;
  const { reason, triesLeft, retryAfterSeconds } = refusal;
  const minutes = Math.ceil((retryAfterSeconds ?? 0) / 60);
  return (
    <Note tone={reason === 'NATIONAL_ID_NEEDED' ? 'news' : 'danger'}>
      {t(`graduateSignInRefusal.${reason}`)}
      {minutes > 0 && ` ${t('graduate.wait', { minutes, count: minutes })}`}
      {triesLeft !== null && triesLeft > 0 && ` ${t('graduate.triesLeft', { tries: triesLeft, count: triesLeft })}`}
    </Note>
  );
}

/** Seconds that are left, and how the count begins anew. */
function useCountdown(): [number, () => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, () => setLeft(ASK_AGAIN_SECONDS)];
}
