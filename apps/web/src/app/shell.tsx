import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { viewerQuery } from '../shared/api/viewer.js';
import { useWords } from '../shared/i18n/use-words.js';
import { LanguageSwitch } from '../shared/ui/language-switch.js';
import { Star } from '../shared/ui/star.js';
import { AccountMenu } from './account-menu.js';
import { MoreMenu } from './more-menu.js';
import { placesOf } from './places.js';

const sideLink =
  'flex items-center gap-2.5 rounded-control px-2.5 min-h-9.5 text-14 text-nili-100 hover:bg-nili-700 aria-[current=page]:bg-nili-600 aria-[current=page]:font-label aria-[current=page]:text-white aria-[current=page]:border-s-3 aria-[current=page]:border-gold';
const barLink =
  'grid flex-1 content-start justify-items-center gap-0.5 px-0.5 py-1.5 text-center text-12 text-wool-700 aria-[current=page]:font-label aria-[current=page]:text-nili-600';

/** The frame of every page of the staff: a bar on the start side, or on a phone one above and one below. */
export function Shell() {
  const { t } = useWords();
  const { viewer } = useSuspenseQuery(viewerQuery).data;
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);

  useEffect(() => {
    // A reader hears the new page from its start. Not on the first page: there the browser does it.
    if (shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);

  if (!viewer) return null;
  const places = placesOf(viewer, path).map((place) => ({ ...place, label: t(place.label), short: t(place.short) }));
  // A thumb hits five things in a row at most: what is over stands behind the last of them.
  const inBar = places.length > 4 ? places.slice(0, 3) : places;
  const behind = places.slice(inBar.length);

  return (
    <div className="grid min-h-dvh grid-rows-[8px_auto_1fr_auto] lg:grid-cols-[196px_minmax(0,1fr)] lg:grid-rows-[8px_1fr]">
      <a href="#content" className="fixed start-2 -top-20 z-20 rounded-control bg-wool-0 px-3 py-2 text-14 focus:top-2">
        {t('skipToContent')}
      </a>
      <div aria-hidden className="band lg:col-span-2" />

      <header className="sticky top-0 z-10 flex items-center gap-2 bg-nili-800 px-3 py-1.5 text-white lg:hidden">
        <Star />
        <span className="font-title">{t('product')}</span>
        <span className="ms-auto" />
        <LanguageSwitch />
      </header>

      <aside className="hidden bg-nili-800 text-nili-100 lg:block">
        <div className="sticky top-0 flex h-[calc(100dvh-8px)] flex-col gap-0.5 px-3 pt-4 pb-3">
          <p className="flex items-center gap-2.5 px-2 pb-4 text-16 font-title text-white">
            <Star />
            <span>
              {t('product')}
              <span className="block text-12 font-normal text-nili-200">{t('tagline')}</span>
            </span>
          </p>
          <nav aria-label={t('mainMenu')} className="grid gap-0.5">
            {places.map(({ to, label, Icon, current }) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact: true }}
                aria-current={current ? 'page' : undefined}
                className={sideLink}
              >
                <Icon aria-hidden className="size-5" strokeWidth={1.75} />
                {label}
              </Link>
            ))}
          </nav>
          <div className="mt-auto grid grid-cols-[minmax(0,1fr)] justify-items-start gap-1 border-t border-nili-700 pt-2">
            <LanguageSwitch />
            <AccountMenu viewer={viewer} look="side" />
          </div>
        </div>
      </aside>

      <main
        id="content"
        ref={main}
        tabIndex={-1}
        className="min-w-0 px-3 pt-4 pb-8 outline-none focus-visible:shadow-none lg:px-6 lg:pt-5"
      >
        <Outlet />
      </main>

      <nav
        aria-label={t('mainMenu')}
        className="sticky bottom-0 z-10 flex border-t border-wool-200 bg-wool-0 pb-[env(safe-area-inset-bottom)] shadow-bar lg:hidden"
      >
        {inBar.map(({ to, short, Icon, current }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true }}
            aria-current={current ? 'page' : undefined}
            className={barLink}
          >
            <Icon aria-hidden className="size-5" strokeWidth={1.75} />
            {short}
          </Link>
        ))}
        {behind.length > 0 && <MoreMenu places={behind} look={barLink} />}
        <AccountMenu viewer={viewer} look="bar" />
      </nav>
    </div>
  );
}
