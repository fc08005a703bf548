import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { dayInTehran } from '@app/persian';
import { graphql, type EnumOf } from '../../shared/api/graphql.js';
import type { RequestFailed } from '../../shared/api/request.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Chip } from '../../shared/ui/chip.js';
import { SelectField, TextField } from '../../shared/ui/fields.js';
import { JalaliField, typedDay } from '../../shared/ui/jalali-field.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { Code, SectionTitle } from '../../shared/ui/text.js';
import type { TraineeRecord } from './find-form.js';

const RecordBirthDate = graphql(`
  mutation RecordBirthDate($input: RecordBirthDateInput!) {
    recordBirthDate(input: $input) {
      __typename
      ... on BirthDateRefused {
        reason
      }
    }
  }
`);

const OpenSignIn = graphql(`
  mutation OpenGraduateSignIn($input: OpenGraduateSignInInput!) {
    openGraduateSignIn(input: $input)
  }
`);

const ChangeMobile = graphql(`
  mutation ChangeMobile($input: ChangeMobileInput!) {
    changeMobile(input: $input) {
      __typename
      ... on MobileChangeRefused {
        reason
      }
    }
  }
`);

type Check = EnumOf<'IdentityCheck'>;
const CHECKS: readonly Check[] = ['NATIONAL_CARD', 'BIRTH_CERTIFICATE', 'PASSPORT'];

/** What stands between a person and their own page; the office that knows them puts it right, and says how it knew them. */
export function SignInPart({ record }: { record: TraineeRecord }) {
  const { t, day, digits } = useWords();
  const queries = useQueryClient();
  const [identityCheck, setCheck] = useState<Check | ''>('');
  const [asked, setAsked] = useState(false);
  const [birthDate, setBirthDate] = useState('');
  const [mobile, setMobile] = useState('');
  const [vouching, setVouching] = useState('');
  const onAnswer = async () => {
    setAsked(false);
    await queries.invalidateQueries();
  };
  const recordDay = useSend(RecordBirthDate, { onAnswer });
  const open = useSend(OpenSignIn, { onAnswer });
  const change = useSend(ChangeMobile, { onAnswer });
  const { birthDayKnown, maskedMobile, signInShut, mobileChange } = record;
  const enrolmentId = record.places[0]?.enrolmentId ?? '';
  /** Sends when the document is named, and says so when it is not. */
  const known = (send: (check: Check) => void) => {
    setAsked(true);
    if (identityCheck) send(identityCheck);
  };
  const birthDay = typedDay(birthDate);
  const [dayAnswer, changeAnswer] = [recordDay.data?.recordBirthDate, change.data?.changeMobile];
  const missing = (fault: boolean, words: string) => (asked && fault ? words : undefined);

  return (
    <section className="grid gap-3">
      <SectionTitle>{t('people.signIn')}</SectionTitle>
      <p className="text-14 text-wool-700">{t('people.signInLead')}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5 text-14">
        <dt className="text-wool-600">{t('people.mobile')}</dt>
        <dd>{maskedMobile ? <Code>{digits(maskedMobile)}</Code> : t('people.notRecorded')}</dd>
        <dt className="text-wool-600">{t('people.birthDate')}</dt>
        <dd>
          <State good={birthDayKnown}>{t(birthDayKnown ? 'people.recorded' : 'people.notRecorded')}</State>
        </dd>
        <dt className="text-wool-600">{t('people.tries')}</dt>
        <dd>
          <State good={!signInShut}>{t(signInShut ? 'people.shut' : 'people.notShut')}</State>
        </dd>
      </dl>
      {mobileChange && (
        <Note tone="waiting">
          <p>{t('people.waits', { day: day(dayInTehran(new Date(mobileChange.takesEffectAt)), 'long') })}</p>
          <Code>{digits(mobileChange.maskedMobile)}</Code>
        </Note>
      )}
      {open.data && <Note tone="done">{t('people.opened')}</Note>}
      {dayAnswer?.__typename === 'BirthDateOnRecord' && <Note tone="done">{t('people.birthDateDone')}</Note>}
      <div className="max-w-80">
        <SelectField
          label={t('people.identityCheck')}
          value={identityCheck}
          onChange={(next) => setCheck(next as Check | '')}
          placeholder={t('plan.choose')}
          error={missing(!identityCheck, t('people.needCheck'))}
          options={CHECKS.map((value) => ({ value, label: t(`identityCheck.${value}`) }))}
        />
      </div>
      {!birthDayKnown && (
        <Act
          title={t('people.recordBirthDate')}
          lead={t('people.recordBirthDateLead')}
          label={t('people.recordBirthDate')}
          send={recordDay}
          refusal={dayAnswer?.__typename === 'BirthDateRefused' ? t(`birthDateRefusal.${dayAnswer.reason}`) : null}
          onSubmit={() =>
            known((check) => birthDay && recordDay.mutate({ input: { enrolmentId, birthDay, identityCheck: check } }))
          }
        >
          <JalaliField
            label={t('people.birthDate')}
            value={birthDate}
            onChange={setBirthDate}
            hint={t('people.birthDateHint')}
          />
          {missing(!birthDay, t('people.needDay')) && <Note tone="danger">{t('people.needDay')}</Note>}
        </Act>
      )}
      {signInShut && (
        <Act
          title={t('people.open')}
          lead={t('people.openLead')}
          label={t('people.open')}
          send={open}
          onSubmit={() => known((check) => open.mutate({ input: { enrolmentId, identityCheck: check } }))}
        />
      )}
      {!mobileChange && (
        <Act
          title={t('people.change')}
          lead={t('people.changeLead')}
          label={t('people.doChange')}
          send={change}
          refusal={
            changeAnswer?.__typename === 'MobileChangeRefused' ? t(`mobileChangeRefusal.${changeAnswer.reason}`) : null
          }
          onSubmit={() =>
            known((check) => {
              if (mobile.trim() && vouching.trim().length >= 5)
                change.mutate({
                  input: { enrolmentId, mobile: mobile.trim(), vouching: vouching.trim(), identityCheck: check },
                });
            })
          }
        >
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              label={t('people.newMobile')}
              inputMode="tel"
              autoComplete="off"
              dir="ltr"
              value={mobile}
              onChange={setMobile}
              error={missing(!mobile.trim() && vouching.trim() !== '', t('people.needMobile'))}
            />
            <TextField
              label={t('people.vouching')}
              hint={t('people.vouchingHint')}
              value={vouching}
              onChange={setVouching}
              error={missing(mobile.trim() !== '' && vouching.trim().length < 5, t('people.needVouching'))}
            />
          </div>
        </Act>
      )}
    </section>
  );
}

const State = ({ good, children }: { good: boolean; children: ReactNode }) => (
  <Chip tone={good ? 'yashm' : 'zafaran'} shape={good ? 'full' : 'outline'}>
    {children}
  </Chip>
);

interface ActProps {
  title: string;
  lead: string;
  label: string;
  send: { isPending: boolean; error: RequestFailed | null };
  refusal?: string | null;
  onSubmit: () => void;
  children?: ReactNode;
}

/** One thing the office can do, with what it takes and what has come of it. */
function Act({ title, lead, label, send, refusal, onSubmit, children }: ActProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
      <h3 className="text-16 font-label">{title}</h3>
      <p className="text-14 text-wool-700">{lead}</p>
      {children}
      <FailureNote error={send.error} />
      {refusal && <Note tone="danger">{refusal}</Note>}
      <div>
        <Button type="submit" isPending={send.isPending}>
          {label}
        </Button>
      </div>
    </form>
  );
}
