import { useState, type FormEvent, type ReactNode } from 'react';
import { dayInTehran, minutesInTehran, toPersianDigits } from '@app/persian';
import { graphql, type EnumOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Chip, type ChipTone, type KnotShape } from '../../shared/ui/chip.js';
import { TextField } from '../../shared/ui/fields.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { Code } from '../../shared/ui/text.js';

const Agree = graphql(`
  mutation AgreeToRequest($requestId: ID!) {
    answer: agreeToRequest(requestId: $requestId) {
      __typename
      ... on AgreementRequest {
        state
        outcome
      }
      ... on AgreementRefused {
        reason
      }
    }
  }
`);

const Decline = graphql(`
  mutation DeclineRequest($input: DeclineRequestInput!) {
    answer: declineRequest(input: $input) {
      __typename
      ... on AgreementRefused {
        reason
      }
    }
  }
`);

const Withdraw = graphql(`
  mutation WithdrawRequest($requestId: ID!) {
    answer: withdrawRequest(requestId: $requestId) {
      __typename
      ... on AgreementRefused {
        reason
      }
    }
  }
`);

interface Detail {
  name: EnumOf<'AgreementDetailName'>;
  value: string;
}

export interface ShownRequest {
  id: string;
  kind: EnumOf<'AgreementKind'>;
  state: EnumOf<'AgreementState'>;
  details: Detail[];
  purpose: string;
  askedBy: string | null;
  askedAs: EnumOf<'Role'>;
  askedAt: string;
  role: EnumOf<'Role'>;
  answeredBy: string | null;
  answer: string | null;
  outcome: string | null;
}

const looks: Record<EnumOf<'AgreementState'>, { tone: ChipTone; shape: KnotShape }> = {
  WAITING: { tone: 'zafaran', shape: 'outline' },
  DONE: { tone: 'yashm', shape: 'full' },
  DECLINED: { tone: 'ronas', shape: 'outline' },
  WITHDRAWN: { tone: 'wool', shape: 'outline' },
  FAILED: { tone: 'ronas', shape: 'half' },
};

interface Answer {
  answer:
    // Only agreeing can fail after it was taken.
    | { __typename: 'AgreementRequest'; state?: EnumOf<'AgreementState'>; outcome?: string | null }
    | { __typename: 'AgreementRefused'; reason: EnumOf<'AgreementRefusal'> };
}

/** One request: what is asked, by whom and why, and what the viewer can do about it. */
export function RequestCard(props: { request: ShownRequest; own: boolean; onAnswered: () => Promise<void> }) {
  const { request, own, onAnswered } = props;
  const { t, day, time } = useWords();
  const [declining, setDeclining] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  const onAnswer = async ({ answer }: Answer) => {
    if (answer.__typename === 'AgreementRefused') setNote(t(`agreementRefusal.${answer.reason}`));
    else if (answer.state === 'FAILED') setNote(t('agreements.failed', { why: whyOf(t, answer.outcome ?? null) }));
    else await onAnswered();
  };
  const agree = useSend(Agree, { onAnswer });
  const decline = useSend(Decline, { onAnswer });
  const withdraw = useSend(Withdraw, { onAnswer });
  const { id, kind, state, details, purpose, askedBy, askedAs, askedAt, role, answeredBy, answer, outcome } = request;
  const at = new Date(askedAt);
  const waits = state === 'WAITING';

  return (
    <article aria-labelledby={`request-${id}`} className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={`request-${id}`} className="text-16 font-label">
          {t(`agreementKind.${kind}`)}
        </h2>
        <Chip {...looks[state]}>{t(`agreementState.${state}`)}</Chip>
      </header>
      <p className="text-13 text-wool-600">
        {t('agreements.askedFacts', {
          who: askedBy ?? t('agreements.server'),
          role: t(`role.${askedAs}`),
          day: day(dayInTehran(at), 'long'),
          time: time(minutesInTehran(at)),
        })}
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-14">
        {details.map((detail) => (
          <Line key={detail.name} name={t(`agreementDetail.${detail.name}`)}>
            <Value {...detail} />
          </Line>
        ))}
        <Line name={t('agreements.purpose')}>{purpose}</Line>
        {waits && own && <Line name={t('agreements.waitsAt')}>{t(`role.${role}`)}</Line>}
        {answeredBy && <Line name={t('agreements.answeredBy')}>{answeredBy}</Line>}
        {answer && <Line name={t('agreements.answer')}>{answer}</Line>}
        {outcome && <Line name={t('agreements.outcomeLabel')}>{whyOf(t, outcome)}</Line>}
      </dl>
      <FailureNote error={agree.error ?? decline.error ?? withdraw.error} />
      {note && (
        <Note tone="danger">
          {note}{' '}
          <Button kind="quiet" onPress={() => void onAnswered()}>
            {t('agreements.refresh')}
          </Button>
        </Note>
      )}
      {waits && !note && !own && !declining && (
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" isPending={agree.isPending} onPress={() => agree.mutate({ requestId: id })}>
            {t('agreements.agree')}
          </Button>
          <Button onPress={() => setDeclining(true)}>{t('agreements.decline')}</Button>
        </div>
      )}
      {waits && !note && declining && (
        <DeclineForm
          isPending={decline.isPending}
          onCancel={() => setDeclining(false)}
          onSend={(why) => decline.mutate({ input: { requestId: id, answer: why } })}
        />
      )}
      {waits && !note && own && (
        <div>
          <Button isPending={withdraw.isPending} onPress={() => withdraw.mutate({ requestId: id })}>
            {t('agreements.withdraw')}
          </Button>
        </div>
      )}
    </article>
  );
}

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-wool-600">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);

function DeclineForm(props: { isPending: boolean; onCancel: () => void; onSend: (reason: string) => void }) {
  const { isPending, onCancel, onSend } = props;
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const [sent, setSent] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (reason.trim().length >= 3) onSend(reason.trim());
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-2">
      <TextField
        label={t('agreements.declineWhy')}
        value={reason}
        onChange={setReason}
        error={sent && reason.trim().length < 3 ? t('agreements.needWhy') : undefined}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" isPending={isPending}>
          {t('agreements.declineNow')}
        </Button>
        <Button onPress={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  );
}

/** A value as the language in use writes it. */
function Value({ name, value }: Detail) {
  const { t, number, language } = useWords();
  switch (name) {
    case 'ROLE':
      return t(`role.${value as EnumOf<'Role'>}`);
    case 'IDLE_MINUTES':
    case 'ABSOLUTE_MINUTES':
      return t('agreements.minutes', { minutes: number(Number(value)) });
    case 'VERSION':
    case 'ENROLMENTS':
    case 'PEOPLE':
      return number(Number(value));
    case 'REQUIRED':
      return t(value === 'true' ? 'agreements.required' : 'agreements.notRequired');
    case 'NETWORKS':
      return value ? <Code>{value}</Code> : t('agreements.none');
    case 'SCOPE':
      if (value === 'IR') return t('agreements.wholeCountry');
      return t('agreements.province', { code: language === 'fa' ? toPersianDigits(value) : value });
    case 'SERIAL':
    case 'KEY':
      return <Code>{value}</Code>;
    case 'ACCOUNT':
    case 'TITLE':
    case 'HOLDER':
    case 'KEPT_PERSON':
    case 'MERGED_PERSON':
    case 'OFFICE':
      return value;
  }
}

const known = [
  'ASKER_GONE',
  'NOT_FOUND',
  'ALREADY_PUBLISHED',
  'NOT_VALID',
  'ALREADY_MERGED',
  'BOTH_IN_ONE_RUN',
  'ALSO_ELSEWHERE',
  'KEY_CHANGED',
] as const;

function whyOf(t: ReturnType<typeof useWords>['t'], outcome: string | null): string {
  const why = known.find((one) => one === outcome) ?? 'OTHER';
  return t(`agreementOutcome.${why}`);
}
