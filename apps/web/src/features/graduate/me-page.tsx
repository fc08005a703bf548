import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { ask } from '../../shared/api/ask.js';
import { graphql, type EnumOf, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { DownloadButton } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Chip, type ChipTone } from '../../shared/ui/chip.js';
import { LanguageSwitch } from '../../shared/ui/language-switch.js';
import { Star } from '../../shared/ui/star.js';
import { Empty, Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { Code, PageTitle, SectionTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';

const Me = graphql(`
  query Me {
    me {
      givenName
      familyName
      maskedNationalId
      mobileChange {
        id
        maskedMobile
        takesEffectAt
      }
      enrolments {
        id
        status
        settled
        runNumber
        runStatus
        standardTitleFa
        standardTitleEn
        instituteName
        startsOn
        endsOn
        attendance {
          presentMinutes
          presentOfHeld
        }
        writtenHundredths
        practicalHundredths
        finalHundredths
        passed
      }
    }
    myCertificates {
      id
      serial
      code
      status
      issuedOn
      documentId
      documentState
      standardTitleFa
      standardTitleEn
    }
    looksAtMe(first: 20) {
      items {
        id
        lookedAt
        displayName
        role
        purpose
      }
    }
  }
`);

const ObjectToChange = graphql(`
  mutation ObjectToMobileChange {
    objectToMobileChange {
      __typename
    }
  }
`);

const Leave = graphql(`
  mutation LeaveOwnPage {
    signOut
  }
`);

type Told = ResultOf<typeof Me>;
type Enrolment = Told['me']['enrolments'][number];
type Certificate = Told['myCertificates'][number];

/** What trainees and graduates see of themselves, and nothing else. */
export function MePage() {
  const { t } = useWords();
  const router = useRouter();
  const queries = useQueryClient();
  const query = useQuery(ask(Me, {}));
  useTitle(t('graduate.title'));
  const leave = useSend(Leave, {
    onAnswer: async () => {
      queries.removeQueries();
      await router.navigate({ to: '/me/sign-in' });
    },
  });
  return (
    <div className="min-h-dvh">
      <header className="flex flex-wrap items-center gap-3 bg-nili-800 px-4 py-2 text-white">
        <Star className="size-7 text-gold" />
        <span className="text-16 font-title">{t('product')}</span>
        <span className="ms-auto flex items-center gap-2">
          <LanguageSwitch />
          <Button onPress={() => leave.mutate({})} isPending={leave.isPending}>
            <LogOut aria-hidden className="size-4.5 rtl:-scale-x-100" strokeWidth={1.75} />
            {t('graduate.leave')}
          </Button>
        </span>
      </header>
      <main className="mx-auto grid max-w-3xl gap-8 px-4 py-6">
        {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Loading />}
        {query.data && <Told told={query.data} onChange={() => void query.refetch()} />}
      </main>
    </div>
  );
}

function Told({ told: { me, myCertificates, looksAtMe }, onChange }: { told: Told; onChange: () => void }) {
  const { t, day, digits } = useWords();
  return (
    <>
      <div className="grid gap-1">
        <PageTitle>{`${me.givenName} ${me.familyName}`}</PageTitle>
        <p className="text-14 text-wool-700">
          {t('graduate.nationalId')} <Code>{digits(me.maskedNationalId)}</Code>
        </p>
      </div>
      {me.mobileChange && <ChangeNotice change={me.mobileChange} onAnswer={onChange} />}
      <section className="grid gap-3">
        <SectionTitle>{t('graduate.certificates')}</SectionTitle>
        {myCertificates.length === 0 && (
          <Empty title={t('graduate.noCertificate')} text={t('graduate.noCertificateText')} />
        )}
        {myCertificates.map((certificate) => (
          <CertificateCard key={certificate.id} certificate={certificate} />
        ))}
      </section>
      <section className="grid gap-3">
        <SectionTitle>{t('graduate.courses')}</SectionTitle>
        {me.enrolments.map((enrolment) => (
          <EnrolmentCard key={enrolment.id} enrolment={enrolment} />
        ))}
      </section>
      <section className="grid gap-3">
        <SectionTitle>{t('graduate.looks')}</SectionTitle>
        <p className="text-14 text-wool-700">{t('graduate.looksLead')}</p>
        {looksAtMe.items.length === 0 && <p className="text-14">{t('graduate.noLooks')}</p>}
        <ul className="grid gap-2">
          {looksAtMe.items.map(({ id, lookedAt, displayName, role, purpose }) => (
            <li key={id} className={card}>
              <p className="text-14 font-name">
                <bdi>{displayName}</bdi> · {t(`role.${role}`)}
              </p>
              <p className="text-14">{purpose}</p>
              <p className="text-12 text-wool-600">{day(lookedAt.slice(0, 10))}</p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

const card = 'grid gap-2 rounded-card border border-wool-200 bg-wool-0 px-4 py-3';

const tones: Record<EnumOf<'CertificateStatus'>, ChipTone> = {
  VALID: 'yashm',
  REPLACED: 'wool',
  REVOKED: 'ronas',
  EXPIRED: 'zafaran',
};

function CertificateCard({ certificate }: { certificate: Certificate }) {
  const { t, day, either } = useWords();
  const { serial, code, status, issuedOn, documentId, documentState, standardTitleFa, standardTitleEn } = certificate;
  const title = either(standardTitleFa, standardTitleEn);
  return (
    <article className={card}>
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="text-16 font-label">{title}</h3>
        <Chip tone={tones[status]}>{t(`graduate.status.${status}`)}</Chip>
        <span className="ms-auto">
          {documentId && documentState === 'READY' && status !== 'REVOKED' ? (
            <DownloadButton id={documentId} name={title} />
          ) : (
            status !== 'REVOKED' && <span className="text-13 text-wool-600">{t('graduate.beingDrawn')}</span>
          )}
        </span>
      </div>
      <dl className={facts}>
        <Fact name={t('graduate.serial')}>
          <Code>{serial}</Code>
        </Fact>
        <Fact name={t('graduate.code')}>
          <Code>{code}</Code>
        </Fact>
        <Fact name={t('graduate.issuedOn')}>{day(issuedOn, 'long')}</Fact>
      </dl>
    </article>
  );
}

function EnrolmentCard({ enrolment }: { enrolment: Enrolment }) {
  const { t, dayRange, either, hours, percent, mark } = useWords();
  const { attendance, finalHundredths, writtenHundredths, practicalHundredths } = enrolment;
  return (
    <article className={card}>
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="text-16 font-label">{either(enrolment.standardTitleFa, enrolment.standardTitleEn)}</h3>
        <Chip tone={enrolment.status === 'ENROLLED' ? 'nili' : 'wool'}>
          {t(
            enrolment.status === 'ENROLLED'
              ? `courseRunStatus.${enrolment.runStatus}`
              : `enrolmentStatus.${enrolment.status}`,
          )}
        </Chip>
        <Chip tone={enrolment.settled ? 'yashm' : 'wool'} shape={enrolment.settled ? 'full' : 'outline'}>
          {t(enrolment.settled ? 'settle.settled' : 'settle.notYet')}
        </Chip>
      </div>
      <p className="text-14 text-wool-700">
        <bdi>{enrolment.instituteName}</bdi> · {dayRange(enrolment.startsOn, enrolment.endsOn)}
      </p>
      <dl className={facts}>
        <Fact name={t('graduate.present')}>
          {hours(attendance.presentMinutes)}
          {attendance.presentOfHeld !== null &&
            ` (${t('graduate.ofHeld', { share: percent(attendance.presentOfHeld / 100) })})`}
        </Fact>
        <Fact name={t('graduate.written')}>{writtenHundredths === null ? '—' : mark(writtenHundredths)}</Fact>
        <Fact name={t('graduate.practical')}>{practicalHundredths === null ? '—' : mark(practicalHundredths)}</Fact>
        <Fact name={t('graduate.final')}>
          {finalHundredths === null
            ? '—'
            : `${mark(finalHundredths)} · ${t(enrolment.passed ? 'graduate.passed' : 'graduate.notPassed')}`}
        </Fact>
      </dl>
    </article>
  );
}

const facts = 'grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-x-4 gap-y-2';

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt className="text-12 text-wool-600">{name}</dt>
    <dd className="text-14">{children}</dd>
  </div>
);

function ChangeNotice({
  change: { maskedMobile, takesEffectAt },
  onAnswer,
}: {
  change: NonNullable<Told['me']['mobileChange']>;
  onAnswer: () => void;
}) {
  const { t, day, digits } = useWords();
  const object = useSend(ObjectToChange, { onAnswer });
  return (
    <Note tone="waiting">
      <p>{t('graduate.newMobile', { day: day(takesEffectAt.slice(0, 10), 'long') })}</p>
      <p>
        <Code>{digits(maskedMobile)}</Code>
      </p>
      <p className="mt-2">
        <Button onPress={() => object.mutate({})} isPending={object.isPending}>
          {t('graduate.object')}
        </Button>
      </p>
      <FailureNote error={object.error} />
    </Note>
  );
}
