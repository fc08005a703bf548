import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { may, viewerQuery } from '../../shared/api/viewer.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Failed, Loading } from '../../shared/ui/states.js';
import { Code, PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { StatusChip } from './status-chip.js';

const CourseRun = graphql(`
  query CourseRun($id: ID!) {
    courseRun(id: $id) {
      id
      number
      status
      startsOn
      endsOn
      capacity
      seatsTaken
      standard {
        titleFa
        titleEn
      }
      institute {
        name
      }
      room {
        name
      }
      trainer {
        givenName
        familyName
      }
    }
  }
`);

const page = getRouteApi('/signed-in/shell/courses/$runId');

const parts = [
  { to: '/courses/$runId', label: 'overview' },
  { to: '/courses/$runId/trainees', label: 'trainees' },
  { to: '/courses/$runId/class-list', label: 'classList' },
  { to: '/courses/$runId/report', label: 'report' },
  { to: '/courses/$runId/papers', label: 'papers' },
  { to: '/courses/$runId/marks', label: 'marks' },
  { to: '/courses/$runId/certificates', label: 'certificates' },
] as const;

/** On a phone the parts do not fit side by side: the one that is shown is brought into sight. */
const showCurrent = (nav: HTMLElement | null) =>
  nav?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

/** What one course run is, and its parts under it. */
export function CourseRunPage() {
  const { t, either, number, dayRange } = useWords();
  const { runId } = page.useParams();
  const viewer = useQuery(viewerQuery).data?.viewer;
  const query = useQuery(ask(CourseRun, { id: runId }));
  const run = query.data?.courseRun;
  const title = run ? either(run.standard.titleFa, run.standard.titleEn) : '';
  useTitle(title);

  const isShown = ({ label }: (typeof parts)[number]) =>
    (label !== 'certificates' || may(viewer, 'certificateCandidates')) &&
    (label !== 'papers' || may(viewer, 'orderPaper'));

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!run) return <Loading />;
  return (
    <div className="grid gap-4">
      <header className="grid gap-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <PageTitle>{title}</PageTitle>
          <StatusChip status={run.status} />
        </div>
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-14">
          <Fact name={t('run.number')}>
            <Code>{run.number}</Code>
          </Fact>
          <Fact name={t('run.institute')}>{run.institute.name}</Fact>
          <Fact name={t('run.room')}>{run.room.name}</Fact>
          <Fact name={t('run.trainer')}>
            {run.trainer.givenName} {run.trainer.familyName}
          </Fact>
          <Fact name={t('run.dates')}>{dayRange(run.startsOn, run.endsOn)}</Fact>
          <Fact name={t('run.seats')}>
            {t('run.seatsTaken', { taken: number(run.seatsTaken), capacity: number(run.capacity) })}
          </Fact>
        </dl>
      </header>

      <nav
        ref={showCurrent}
        aria-label={t('run.sections')}
        className="-mx-3 overflow-x-auto border-b border-wool-200 px-3 lg:-mx-6 lg:px-6"
      >
        <ul className="flex w-max gap-1">
          {parts.filter(isShown).map(({ to, label }) => (
            <li key={to}>
              <Link
                to={to}
                params={{ runId }}
                activeOptions={{ exact: true, includeSearch: false }}
                className="flex min-h-11 items-center border-b-3 border-transparent px-3 text-14 text-wool-700 hover:bg-wool-100 aria-[current=page]:border-nili-600 aria-[current=page]:font-label aria-[current=page]:text-nili-700"
              >
                {t(`run.${label}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>

      <Outlet />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-13 text-wool-600">{name}</dt>
      <dd className="font-name">{children}</dd>
    </div>
  );
}
