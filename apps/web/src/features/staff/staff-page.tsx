import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { isLost } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { request } from '../../shared/api/request.js';
import { may, viewerQuery } from '../../shared/api/viewer.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Empty, Failed, Loading } from '../../shared/ui/states.js';
import { PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { InviteForm } from './invite-form.js';
import { MemberCard } from './member-card.js';
import { SecondFactorSetting } from './second-factor-setting.js';
import { SessionLimits } from './session-limits.js';

const Staff = graphql(`
  query Staff($after: String) {
    staff(after: $after) {
      nextCursor
      viewerGives {
        role
        needs
      }
      items {
        id
        userName
        displayName
        disabled
        grants {
          id
          role
        }
      }
    }
  }
`);

type Page = ResultOf<typeof Staff>['staff'];
export type Member = Page['items'][number];
export type RoleToGive = Page['viewerGives'][number];

/** The people whom the viewer's office lets in, and what it asks of them. */
export function StaffPage() {
  const { t } = useWords();
  const viewer = useQuery(viewerQuery).data?.viewer;
  useTitle(t('staff.title'));
  const query = useInfiniteQuery({
    queryKey: ['staff'],
    queryFn: ({ pageParam, signal }) => request(Staff, { after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ staff }) => staff.nextCursor,
  });

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data || !viewer) return <Loading />;
  const people = query.data.pages.flatMap(({ staff }) => staff.items);
  const gives = query.data.pages[0]?.staff.viewerGives ?? [];
  return (
    <div className="grid max-w-3xl gap-8">
      <div className="grid gap-1">
        <PageTitle>{t('staff.title')}</PageTitle>
        <p className="text-14 text-wool-700">{t('staff.lead')}</p>
      </div>
      <InviteForm gives={gives} />
      <section className="grid gap-3">
        {people.length === 0 && <Empty title={t('staff.emptyTitle')} text={t('staff.empty')} />}
        <ul className="grid gap-3">
          {people.map((member) => (
            <li key={member.id}>
              <MemberCard member={member} gives={gives} />
            </li>
          ))}
        </ul>
        {query.hasNextPage && (
          <div>
            <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage}>
              {t('staff.more')}
            </Button>
          </div>
        )}
      </section>
      {may(viewer, 'setSecondFactor') && <SecondFactorSetting />}
      {may(viewer, 'setSessionLimits') && <SessionLimits />}
    </div>
  );
}
