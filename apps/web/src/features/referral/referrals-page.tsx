import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { request } from '../../shared/api/request.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button, buttonLook } from '../../shared/ui/button.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { Empty, Failed, Loading } from '../../shared/ui/states.js';
import { Code, PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { StageChip } from './stage-chip.js';

const Referrals = graphql(`
  query Referrals($after: String) {
    referrals(first: 20, after: $after) {
      nextCursor
      items {
        id
        givenName
        familyName
        maskedNationalId
        referredOn
        seats {
          id
          titleFa
          titleEn
          stage
        }
      }
    }
  }
`);

type Referral = ResultOf<typeof Referrals>['referrals']['items'][number];

/** The people whom the branch sends to learn, the newest first. Every look is on record in the branch's own trail. */
export function ReferralsPage() {
  const { t } = useWords();
  const referrals = useInfiniteQuery({
    queryKey: ['referrals'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: after, signal }) => request(Referrals, { after }, { signal }),
    getNextPageParam: ({ referrals: { nextCursor } }) => nextCursor,
  });
  useTitle(t('referrals.title'));
  const items = referrals.data?.pages.flatMap((page) => page.referrals.items) ?? [];

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <PageTitle>{t('referrals.title')}</PageTitle>
        <Link to="/referrals/new" className={`${buttonLook({ kind: 'primary' })} ms-auto`}>
          {t('referrals.new')}
        </Link>
      </div>
      <p className="max-w-prose text-14 text-wool-700">{t('referrals.lead')}</p>
      {referrals.isPending && <Loading />}
      {referrals.isError && <Failed error={referrals.error} onRetry={() => void referrals.refetch()} />}
      {referrals.isSuccess && items.length === 0 && (
        <Empty title={t('referrals.emptyTitle')} text={t('referrals.empty')} />
      )}
      {items.length > 0 && <ReferralTable referrals={items} />}
      {referrals.hasNextPage && (
        <p className="text-center">
          <Button onPress={() => void referrals.fetchNextPage()} isPending={referrals.isFetchingNextPage}>
            {t('referrals.more')}
          </Button>
        </p>
      )}
    </div>
  );
}

function ReferralTable({ referrals }: { referrals: Referral[] }) {
  const { t, day, digits, either } = useWords();
  const columns: Column<Referral>[] = [
    {
      head: t('referrals.person'),
      names: true,
      cell: ({ id, givenName, familyName, maskedNationalId }) => (
        <span>
          <Link
            to="/referrals/$referralId"
            params={{ referralId: id }}
            className="font-name text-nili-600 underline-offset-4 hover:underline max-md:flex max-md:min-h-11 max-md:items-center"
          >
            {givenName} {familyName}
          </Link>
          <span className="block text-12 text-wool-600">
            <Code>{digits(maskedNationalId)}</Code>
          </span>
        </span>
      ),
    },
    { head: t('referrals.referredOn'), cell: ({ referredOn }) => day(referredOn, 'long') },
    {
      head: t('referrals.course'),
      cell: ({ seats: [newest] }) => (newest ? either(newest.titleFa, newest.titleEn) : t('referrals.noSeat')),
    },
    {
      head: t('referrals.stage'),
      cell: ({ seats: [newest] }) => (newest ? <StageChip stage={newest.stage} /> : '—'),
    },
  ];
  return <DataTable label={t('referrals.title')} columns={columns} rows={referrals} keyOf={({ id }) => id} />;
}
