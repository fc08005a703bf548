import { CircleAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { RequestFailed } from '../api/request.js';
import { useWords } from '../i18n/use-words.js';
import { Button } from './button.js';
import { Star } from './star.js';
import { Code } from './text.js';

/** Nothing is here yet, or nothing that the filters let through. */
export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-card border border-wool-200 bg-wool-0 px-4 py-10 text-center">
      <Star className="size-9 text-gold" />
      <p className="text-16 font-label">{title}</p>
      <p className="max-w-prose text-14 text-wool-600">{text}</p>
      {children && <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

/** Rows of the coming layout. What comes within 300 ms is not announced at all. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <output className="grid gap-3">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="h-10 animate-pulse rounded-control bg-wool-200" />
      ))}
    </output>
  );
}

/** What failed, that nothing is lost, and one way on. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useWords();
  const code = error instanceof RequestFailed ? error.code : 'INTERNAL';
  return (
    <div
      role="alert"
      className="grid justify-items-start gap-2 rounded-card border border-ronas-mark bg-ronas-tint px-4 py-4"
    >
      <p className="flex items-center gap-2 text-16 font-label text-ronas-ink">
        <CircleAlert aria-hidden className="size-5 flex-none" /> {t('failed.title')}
      </p>
      <p className="text-14">{t(`failure.${code}`)}</p>
      <p className="text-12 text-wool-700">
        {t('failed.code')}
        <Code>{code}</Code>
      </p>
      {onRetry && <Button onPress={onRetry}>{t('retry')}</Button>}
    </div>
  );
}

type Tone = 'danger' | 'done' | 'waiting' | 'news';

const tones: Record<Tone, string> = {
  danger: 'border-ronas-mark bg-ronas-tint text-ronas-ink',
  done: 'border-yashm-mark bg-yashm-tint text-yashm-ink',
  waiting: 'border-zafaran-mark bg-zafaran-tint text-zafaran-ink',
  news: 'border-firuze-mark bg-firuze-tint text-firuze-ink',
};

/** A sentence about what was just done, or why it was not. It is read out as it appears. */
export function Note({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={`rounded-control border px-3 py-2 text-14 ${tones[tone]}`}
    >
      {children}
    </div>
  );
}

/** A failed call, told where it was made. */
export function FailureNote({ error }: { error: RequestFailed | null }) {
  const { t, either } = useWords();
  if (!error) return null;
  return (
    <Note tone="danger">
      {error.fields.length > 0
        ? error.fields.map(({ field, messageFa, messageEn }) => <p key={field}>{either(messageFa, messageEn)}</p>)
        : t(`failure.${error.code}`)}
    </Note>
  );
}
