import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { viewerQuery } from '../shared/api/viewer.js';
import { courseRunFilter } from '../features/course-run/course-run-filter.js';
import { PageFailed, PageMissing } from './page-states.js';
import { placesOf } from './places.js';
import { Shell } from './shell.js';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next, refused }): { next?: string; refused?: string } => {
    // Only a path of our own: an address from outside must not lead people away after they have signed in.
    const path = text(next);
    return {
      ...(path && /^\/(?![/\\])/.test(path) && { next: path }),
      ...((refused === 'sso' || refused === 'factor') && { refused }),
    };
  },
  beforeLoad: async ({ context, search }) => {
    const { viewer } = await context.queries.ensureQueryData(viewerQuery);
    if (viewer) throw redirect({ href: viewer.role === 'GRADUATE' ? '/me' : (search.next ?? '/') });
  },
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.js'), 'SignInPage'),
});

const graduateSignIn = createRoute({
  getParentRoute: () => root,
  path: '/me/sign-in',
  beforeLoad: async ({ context }) => {
    const { viewer } = await context.queries.ensureQueryData(viewerQuery);
    if (viewer) throw redirect({ to: viewer.role === 'GRADUATE' ? '/me' : '/courses' });
  },
  component: lazyRouteComponent(() => import('../features/graduate/graduate-sign-in-page.js'), 'GraduateSignInPage'),
});

// Outside the frame of the staff: whoever is here sees nothing but this page.
const me = createRoute({
  getParentRoute: () => root,
  path: '/me',
  beforeLoad: async ({ context }) => {
    const { viewer } = await context.queries.ensureQueryData(viewerQuery);
    if (!viewer) throw redirect({ to: '/me/sign-in' });
    if (viewer.role !== 'GRADUATE') throw redirect({ to: '/courses' });
  },
  component: lazyRouteComponent(() => import('../features/graduate/me-page.js'), 'MePage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../features/sign-in/link-page.js'), 'InvitationPage'),
});

const newPassword = createRoute({
  getParentRoute: () => root,
  path: '/new-password',
  component: lazyRouteComponent(() => import('../features/sign-in/link-page.js'), 'NewPasswordPage'),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const { viewer } = await context.queries.ensureQueryData(viewerQuery);
    if (!viewer) throw redirect({ to: '/sign-in', search: { next: location.href } });
    if (viewer.role === 'GRADUATE') throw redirect({ to: '/me' });
  },
});

const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: Shell });

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: async ({ context }) => {
    const { viewer } = await context.queries.ensureQueryData(viewerQuery);
    throw redirect({ to: viewer ? (placesOf(viewer, '')[0]?.to ?? '/account') : '/sign-in' });
  },
});

const courseRuns = createRoute({
  getParentRoute: () => shell,
  path: '/courses',
  validateSearch: courseRunFilter,
  component: lazyRouteComponent(() => import('../features/course-run/course-runs-page.js'), 'CourseRunsPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/account/account-page.js'), 'AccountPage'),
});

const agreements = createRoute({
  getParentRoute: () => shell,
  path: '/agreements',
  validateSearch: ({ list }): { list?: 'asked' } => (list === 'asked' ? { list } : {}),
  component: lazyRouteComponent(() => import('../features/agreement/agreements-page.js'), 'AgreementsPage'),
});

const stock = createRoute({
  getParentRoute: () => shell,
  path: '/stock',
  validateSearch: ({ series, run }): { series?: string | undefined; run?: string | undefined } => ({
    ...(text(series) && { series: text(series) }),
    ...(text(run) && { run: text(run) }),
  }),
  component: lazyRouteComponent(() => import('../features/stock/stock-page.js'), 'StockPage'),
});

const staff = createRoute({
  getParentRoute: () => shell,
  path: '/staff',
  component: lazyRouteComponent(() => import('../features/staff/staff-page.js'), 'StaffPage'),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/people/people-page.js'), 'PeoplePage'),
});

const certificateForms = createRoute({
  getParentRoute: () => shell,
  path: '/certificate-forms',
  component: lazyRouteComponent(() => import('../features/certificate-form/forms-page.js'), 'FormsPage'),
});

const plan = createRoute({
  getParentRoute: () => shell,
  path: '/courses/new',
  component: lazyRouteComponent(() => import('../features/course-run/plan-page.js'), 'PlanPage'),
});

const referrals = createRoute({
  getParentRoute: () => shell,
  path: '/referrals',
  component: lazyRouteComponent(() => import('../features/referral/referrals-page.js'), 'ReferralsPage'),
});

const newReferral = createRoute({
  getParentRoute: () => shell,
  path: '/referrals/new',
  component: lazyRouteComponent(() => import('../features/referral/new-referral-page.js'), 'NewReferralPage'),
});

const referral = createRoute({
  getParentRoute: () => shell,
  path: '/referrals/$referralId',
  component: lazyRouteComponent(() => import('../features/referral/referral-page.js'), 'ReferralPage'),
});

const courseRun = createRoute({
  getParentRoute: () => shell,
  path: '/courses/$runId',
  component: lazyRouteComponent(() => import('../features/course-run/course-run-page.js'), 'CourseRunPage'),
});

const sessions = createRoute({
  getParentRoute: () => courseRun,
  path: '/',
  component: lazyRouteComponent(() => import('../features/course-run/sessions-part.js'), 'SessionsPart'),
});

const trainees = createRoute({
  getParentRoute: () => courseRun,
  path: '/trainees',
  component: lazyRouteComponent(() => import('../features/course-run/trainees-part.js'), 'TraineesPart'),
});

const classList = createRoute({
  getParentRoute: () => courseRun,
  path: '/class-list',
  // The import has its place in the address: it goes on, and can be come back to, after a reload.
  validateSearch: ({ list }): { list?: string } => (text(list) ? { list: text(list)! } : {}),
  component: lazyRouteComponent(() => import('../features/class-list/class-list-part.js'), 'ClassListPart'),
});

const report = createRoute({
  getParentRoute: () => courseRun,
  path: '/report',
  validateSearch: ({ pdf, xlsx, csv }): { pdf?: string; xlsx?: string; csv?: string } => ({
    ...(text(pdf) && { pdf: text(pdf)! }),
    ...(text(xlsx) && { xlsx: text(xlsx)! }),
    ...(text(csv) && { csv: text(csv)! }),
  }),
  component: lazyRouteComponent(() => import('../features/attendance/report-part.js'), 'ReportPart'),
});

const papers = createRoute({
  getParentRoute: () => courseRun,
  path: '/papers',
  component: lazyRouteComponent(() => import('../features/paper/papers-part.js'), 'PapersPart'),
});

const marks = createRoute({
  getParentRoute: () => courseRun,
  path: '/marks',
  component: lazyRouteComponent(() => import('../features/exam/marks-part.js'), 'MarksPart'),
});

const certificates = createRoute({
  getParentRoute: () => courseRun,
  path: '/certificates',
  component: lazyRouteComponent(() => import('../features/certificate/certificates-part.js'), 'CertificatesPart'),
});

// Outside the shell: on a phone the sheet needs the whole screen.
const sheet = createRoute({
  getParentRoute: () => signedIn,
  path: '/courses/$runId/sessions/$sessionId',
  component: lazyRouteComponent(() => import('../features/attendance/sheet-page.js'), 'SheetPage'),
});

const tree = root.addChildren([
  signIn,
  graduateSignIn,
  me,
  invitation,
  newPassword,
  signedIn.addChildren([
    shell.addChildren([
      home,
      courseRuns,
      plan,
      account,
      referrals,
      newReferral,
      referral,
      agreements,
      people,
      stock,
      certificateForms,
      staff,
      courseRun.addChildren([sessions, trainees, classList, report, papers, marks, certificates]),
    ]),
    sheet,
  ]),
]);

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: PageMissing,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
