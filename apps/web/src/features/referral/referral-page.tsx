import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { Code, PageTitle, SectionTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { GiveSeatPart } from './give-seat-part.js';
import { StageChip } from './stage-chip.js';

const Referral = graphql(`
  query Referral($id: ID!) {
    referral(id: $id) {
      id
      givenName
      familyName
      maskedNationalId
      referredOn
      familyFile
      familyTie
      eligibilityReason
      seats {
        id
        runId
        runNumber
        titleFa
        titleEn
        instituteName
        startsOn
        endsOn
        givenOn
        stage
        settled
        presentOfHeld
      }
    }
  }
`);

const TakeBackSeat = graphql(`
  mutation TakeBackSeat($input: TakeBackSeatInput!) {
    takeBackSeat(input: $input) {
      __typename
      ... on SponsorshipRefused {
        reason
      }
    }
  }
`);

type Seat = ResultOf<typeof Referral>['referral']['seats'][number];

const page = getRouteApi('/signed-in/shell/referrals/$referralId');

/** One person: what the branch knows, the seats it has given, and how far the person has come. */
export function ReferralPage() {
  const { t, day, digits } = useWords();
  const { referralId } = page.useParams();
  const query = useQuery(ask(Referral, { id: referralId }));
  useTitle(t('referrals.one'));

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { givenName, familyName, maskedNationalId, referredOn, seats, ...known } = query.data.referral;
  const facts: [string, string][] = [
    [t('referrals.referredOn'), day(referredOn)],
    [t('referrals.familyFile'), known.familyFile],
    [t('referrals.familyTie'), t(`familyTie.${known.familyTie}`)],
    [t('referrals.eligibilityReason'), known.eligibilityReason],
  ];
  return (
    <div className="grid gap-6">
      <header className="grid gap-1">
        <PageTitle>
          {givenName} {familyName}
        </PageTitle>
        <p className="text-13 text-wool-600">
          <Code>{digits(maskedNationalId)}</Code>
        </p>
      </header>
      <section className="grid max-w-3xl gap-2">
        <dl className="grid gap-x-6 gap-y-2 rounded-card border border-wool-200 bg-wool-0 p-4 text-14 sm:grid-cols-[max-content_1fr]">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-13 text-wool-600">{name}</dt>
              <dd className="max-sm:pb-1">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="text-12 text-wool-600">{t('referrals.onlyHere')}</p>
      </section>
      <SeatsPart seats={seats} />
      <GiveSeatPart referralId={referralId} taken={seats.filter(isStanding).map(({ runId }) => runId)} />
    </div>
  );
}

const isStanding = ({ stage }: Seat) => stage !== 'TAKEN_BACK';

function SeatsPart({ seats }: { seats: Seat[] }) {
  const { t, either, dayRange, percent } = useWords();
  const queries = useQueryClient();
  const [refused, setRefused] = useState(false);
  const takeBack = useSend(TakeBackSeat, {
    onAnswer: async ({ takeBackSeat }) => {
      setRefused(takeBackSeat.__typename === 'SponsorshipRefused');
      await queries.invalidateQueries();
    },
  });
  const columns: Column<Seat>[] = [
    {
      head: t('referrals.course'),
      names: true,
      cell: ({ titleFa, titleEn, runNumber }) => (
        <span>
          <span className="font-name">{either(titleFa, titleEn)}</span>
          <span className="block text-12 text-wool-600">
            <Code>{runNumber}</Code>
          </span>
        </span>
      ),
    },
    { head: t('courseRuns.institute'), cell: ({ instituteName }) => instituteName },
    { head: t('courseRuns.dates'), cell: ({ startsOn, endsOn }) => dayRange(startsOn, endsOn) },
    {
      head: t('referrals.present'),
      cell: ({ presentOfHeld }) => (presentOfHeld === null ? '—' : percent(presentOfHeld / 100)),
    },
    { head: t('referrals.stage'), cell: ({ stage }) => <StageChip stage={stage} /> },
    {
      head: t('referrals.code'),
      cell: ({ id, stage, settled }) =>
        settled ? (
          t('referrals.used')
        ) : stage === 'REFERRED' || stage === 'ENROLLED' ? (
          <Button
            kind="quiet"
            onPress={() => takeBack.mutate({ input: { seatId: id } })}
            isPending={takeBack.isPending && takeBack.variables.input.seatId === id}
          >
            {t('referrals.takeBack')}
          </Button>
        ) : (
          '—'
        ),
    },
  ];
  return (
    <section className="grid gap-2">
      <SectionTitle>{t('referrals.seats')}</SectionTitle>
      <FailureNote error={takeBack.error} />
      {refused && <Note tone="danger">{t('sponsorshipRefusal.TOKEN_USED')}</Note>}
      {seats.length === 0 ? (
        <p className="text-14 text-wool-700">{t('referrals.noSeatYet')}</p>
      ) : (
        <DataTable label={t('referrals.seats')} columns={columns} rows={seats} keyOf={({ id }) => id} />
      )}
    </section>
  );
}
