import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { RequestFailed } from '../shared/api/request.js';
import { viewerQuery } from '../shared/api/viewer.js';
import { useWords } from '../shared/i18n/use-words.js';
import { makeRouter } from './router.js';

const queries = new QueryClient({
  queryCache: new QueryCache({
    // A session that ended sends a reader to sign in. A form that is being sent keeps what was typed and says so.
    onError: (error) => {
      if (!(error instanceof RequestFailed) || error.code !== 'UNAUTHENTICATED') return;
      queries.setQueryData(viewerQuery.queryKey, { viewer: null });
      void router.invalidate();
    },
  }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => error instanceof RequestFailed && error.code === 'UNREACHABLE' && failures < 2,
      staleTime: 5_000,
    },
  },
});

const router = makeRouter(queries);

export function App() {
  const { language } = useWords();
  return (
    <StrictMode>
      <I18nProvider locale={language === 'fa' ? 'fa-IR' : 'en-US'}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>
  );
}
