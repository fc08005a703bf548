import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { graphql } from '../../shared/api/graphql.js';
import { request } from '../../shared/api/request.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Choice } from '../../shared/ui/choice.js';
import { Empty, Failed, Loading } from '../../shared/ui/states.js';
import { PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { DeputyPart } from './deputy-part.js';
import { RequestCard } from './request-card.js';

const Requests = graphql(`
  query Requests($asked: Boolean!, $after: String) {
    asked: requestsAsked(after: $after) @include(if: $asked) {
      ...Requests
    }
    toAgree: requestsToAgree(after: $after) @skip(if: $asked) {
      ...Requests
    }
  }
  fragment Requests on AgreementRequestPage {
    nextCursor
    items {
      id
      kind
      state
      details {
        name
        value
      }
      purpose
      askedBy
      askedAs
      askedAt
      role
      answeredBy
      answer
      outcome
    }
  }
`);

const route = getRouteApi('/signed-in/shell/agreements');

/** What waits for the viewer to agree, what the viewer has asked of others, and who stands in for the viewer. */
export function AgreementsPage() {
  const { t } = useWords();
  const { list = 'toAgree' } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  useTitle(t('agreements.title'));
  const query = useInfiniteQuery({
    queryKey: ['agreements', list],
    queryFn: async ({ pageParam, signal }) => {
      const { asked, toAgree } = await request(Requests, { asked: list === 'asked', after: pageParam }, { signal });
      return asked ?? toAgree;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page?.nextCursor,
  });
  const requests = query.data?.pages.flatMap((page) => page?.items ?? []) ?? [];

  return (
    <div className="grid max-w-3xl gap-4">
      <PageTitle>{t('agreements.title')}</PageTitle>
      <p className="text-14 text-wool-700">{t('agreements.lead')}</p>
      <div>
        <Choice
          label={t('agreements.which')}
          value={list}
          options={[
            { value: 'toAgree', label: t('agreements.toAgree') },
            { value: 'asked', label: t('agreements.asked') },
          ]}
          onChange={(next) => void navigate({ search: next === 'asked' ? { list: next } : {}, replace: true })}
        />
      </div>
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading rows={3} />}
      {query.data && requests.length === 0 && (
        <Empty title={t(`agreements.${list}EmptyTitle`)} text={t(`agreements.${list}Empty`)} />
      )}
      {requests.length > 0 && (
        <ul className="grid gap-3">
          {requests.map((one) => (
            <li key={one.id}>
              <RequestCard request={one} own={list === 'asked'} onAnswered={() => queries.invalidateQueries()} />
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div>
          <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage}>
            {t('agreements.more')}
          </Button>
        </div>
      )}
      <DeputyPart />
    </div>
  );
}
