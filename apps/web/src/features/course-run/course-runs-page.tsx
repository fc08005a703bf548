import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { request } from '../../shared/api/request.js';
import { may, viewerQuery } from '../../shared/api/viewer.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button, buttonLook } from '../../shared/ui/button.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { SelectField, TextField } from '../../shared/ui/fields.js';
import { Empty, Failed, Loading } from '../../shared/ui/states.js';
import { Code, PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { courseRunFilter, statuses } from './course-run-filter.js';
import { StatusChip } from './status-chip.js';

const CourseRuns = graphql(`
  query CourseRuns($filter: CourseRunFilter, $after: String) {
    courseRuns(filter: $filter, first: 20, after: $after) {
      nextCursor
      items {
        id
        number
        status
        startsOn
        endsOn
        capacity
        seatsTaken
        standardTitleFa
        standardTitleEn
        instituteName
        trainerName
      }
    }
  }
`);

type Run = ResultOf<typeof CourseRuns>['courseRuns']['items'][number];

const page = getRouteApi('/signed-in/shell/courses');

export function CourseRunsPage() {
  const { t } = useWords();
  const filter = page.useSearch();
  const navigate = page.useNavigate();
  const viewer = useQuery(viewerQuery).data?.viewer;
  const runs = useInfiniteQuery({
    queryKey: ['courseRuns', filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: after, signal }) =>
      request(
        CourseRuns,
        { filter: { text: filter.search ?? null, status: filter.status ? [filter.status] : null }, after },
        { signal },
      ),
    getNextPageParam: ({ courseRuns }) => courseRuns.nextCursor,
    placeholderData: (before) => before,
  });
  useTitle(t('courseRuns.title'));

  const narrow = (change: { search?: string; status?: string }) =>
    void navigate({ search: (before) => courseRunFilter({ ...before, ...change }), replace: true });
  const items = runs.data?.pages.flatMap(({ courseRuns }) => courseRuns.items) ?? [];
  const filtered = filter.search !== undefined || filter.status !== undefined;
  const clear = <Button onPress={() => void navigate({ search: {}, replace: true })}>{t('courseRuns.clear')}</Button>;

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <PageTitle>{t('courseRuns.title')}</PageTitle>
        {may(viewer, 'openCourseRun') && (
          <Link to="/courses/new" className={`${buttonLook({ kind: 'primary' })} ms-auto`}>
            {t('courseRuns.plan')}
          </Link>
        )}
      </div>

      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,22rem)_12rem_auto] sm:justify-start">
        <SearchField value={filter.search ?? ''} onChange={(search) => narrow({ search })} />
        <SelectField
          label={t('courseRuns.status')}
          value={filter.status ?? ''}
          onChange={(status) => narrow({ status })}
          placeholder={t('courseRuns.everyStatus')}
          options={statuses.map((status) => ({ value: status, label: t(`courseRunStatus.${status}`) }))}
        />
        {filtered && clear}
      </div>

      {runs.isPending && <Loading />}
      {runs.isError && <Failed error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isSuccess && items.length === 0 && !filtered && (
        <Empty title={t('courseRuns.emptyTitle')} text={t('courseRuns.empty')} />
      )}
      {runs.isSuccess && items.length === 0 && filtered && (
        <Empty title={t('courseRuns.filteredTitle')} text={t('courseRuns.filtered')}>
          {clear}
        </Empty>
      )}
      {items.length > 0 && (
        <div className="grid gap-2">
          <output className="text-13 text-wool-600">
            {t(runs.hasNextPage ? 'courseRuns.countMore' : 'courseRuns.count', { count: items.length })}
          </output>
          <RunTable runs={items} />
          {runs.hasNextPage && (
            <p className="text-center">
              <Button onPress={() => void runs.fetchNextPage()} isPending={runs.isFetchingNextPage}>
                {t('courseRuns.more')}
              </Button>
            </p>
          )}
        </div>
      )}
    </div>
  );
}

/** What is typed reaches the address after a short rest, so that each letter is no question of its own. */
function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    // The address has changed by itself: filters were cleared, or the reader went back.
    setKnown(value);
    if (typed.trim() !== value) setTyped(value);
  }
  const ask = useEffectEvent(onChange);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => ask(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed, value]);

  return <TextField label={t('courseRuns.search')} value={typed} onChange={setTyped} type="search" />;
}

function RunTable({ runs }: { runs: Run[] }) {
  const { t, either, dayRange, number } = useWords();
  const columns: Column<Run>[] = [
    {
      head: t('courseRuns.standard'),
      names: true,
      cell: ({ id, number: code, standardTitleFa, standardTitleEn }) => (
        <span>
          <Link
            to="/courses/$runId"
            params={{ runId: id }}
            className="font-name text-nili-600 underline-offset-4 hover:underline max-md:flex max-md:min-h-11 max-md:items-center"
          >
            {either(standardTitleFa, standardTitleEn)}
          </Link>
          <span className="block text-12 text-wool-600">
            <Code>{code}</Code>
          </span>
        </span>
      ),
    },
    { head: t('courseRuns.institute'), cell: ({ instituteName }) => instituteName },
    { head: t('courseRuns.trainer'), cell: ({ trainerName }) => trainerName },
    { head: t('courseRuns.dates'), cell: ({ startsOn, endsOn }) => dayRange(startsOn, endsOn) },
    {
      head: t('courseRuns.seats'),
      cell: ({ seatsTaken, capacity }) => t('of', { done: number(seatsTaken), total: number(capacity) }),
    },
    { head: t('courseRuns.status'), cell: ({ status }) => <StatusChip status={status} /> },
  ];
  return <DataTable label={t('courseRuns.title')} columns={columns} rows={runs} keyOf={({ id }) => id} />;
}
