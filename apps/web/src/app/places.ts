import {
  Award,
  BookOpen,
  CalendarPlus,
  IdCard,
  Layers,
  type LucideIcon,
  ShieldUser,
  UserCheck,
  Users,
} from 'lucide-react';
import { may, type Viewer } from '../shared/api/viewer.js';

const PLACES = [
  { to: '/courses', needs: 'courseRuns', label: 'courseRuns.title', short: 'courseRuns.title', Icon: BookOpen },
  { to: '/referrals', needs: 'referrals', label: 'referrals.title', short: 'referrals.title', Icon: Users },
  { to: '/courses/new', needs: 'openCourseRun', label: 'courseRuns.plan', short: 'nav.plan', Icon: CalendarPlus },
  { to: '/agreements', needs: 'requestsToAgree', label: 'agreements.title', short: 'nav.agreements', Icon: UserCheck },
  { to: '/people', needs: 'traineeRecord', label: 'people.title', short: 'nav.people', Icon: IdCard },
  { to: '/stock', needs: 'certificateStock', label: 'stock.title', short: 'nav.stock', Icon: Layers },
  { to: '/certificate-forms', needs: 'certificateTemplates', label: 'forms.title', short: 'nav.forms', Icon: Award },
  { to: '/staff', needs: 'staff', label: 'nav.staff', short: 'nav.staff', Icon: ShieldUser },
] as const satisfies readonly {
  to: string;
  needs: Parameters<typeof may>[1];
  label: string;
  short: string;
  Icon: LucideIcon;
}[];

/** Where the viewer can go, in the order of how often one goes there, and which of them is shown. */
export const placesOf = (viewer: Viewer, path: string) => {
  const open = PLACES.filter(({ needs }) => may(viewer, needs));
  // The longest beginning says it: planning a course lies under the courses.
  const shown = open
    .filter(({ to }) => path === to || path.startsWith(`${to}/`))
    .toSorted((a, b) => b.to.length - a.to.length)[0];
  return open.map((place) => ({ ...place, current: place === shown }));
};

export type Place = ReturnType<typeof placesOf>[number];
