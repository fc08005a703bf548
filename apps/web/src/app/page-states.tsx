import { Link, useRouter } from '@tanstack/react-router';
import { buttonLook } from '../shared/ui/button.js';
import { useWords } from '../shared/i18n/use-words.js';
import { Failed } from '../shared/ui/states.js';
import { PageTitle } from '../shared/ui/text.js';

export function PageFailed({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <div className="mx-auto max-w-xl p-4 py-16">
      <Failed error={error} onRetry={() => void router.invalidate()} />
    </div>
  );
}

export function PageMissing() {
  const { t } = useWords();
  return (
    <div className="mx-auto grid max-w-xl justify-items-start gap-4 p-4 py-16">
      <PageTitle>{t('notFound.title')}</PageTitle>
      <p>{t('failure.NOT_FOUND')}</p>
      <Link to="/courses" className={buttonLook({ kind: 'primary' })}>
        {t('notFound.home')}
      </Link>
    </div>
  );
}
