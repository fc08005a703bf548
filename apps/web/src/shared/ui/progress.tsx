import { useWords } from '../i18n/use-words.js';

/** Progress as weaving: rows of knots from the start side, one for each thing, or for each share of many. */
export function Weaving({ label, done, total }: { label: string; done: number; total: number }) {
  const { t, percent } = useWords();
  const knots = Math.min(total, 100);
  const filled = total === 0 ? 0 : Math.floor((done * knots) / total);
  return (
    <div className="grid gap-2">
      <progress aria-label={label} max={total} value={done} className="sr-only" />
      <div aria-hidden className="flex flex-wrap gap-x-1.5 gap-y-1.5 py-1 ps-0.5">
        {Array.from({ length: knots }, (_, knot) => (
          <i
            key={knot}
            className={`knot transition-colors duration-200 ${
              knot < filled ? 'bg-yashm-mark' : 'bg-wool-0 inset-ring-2 inset-ring-wool-400'
            }`}
          />
        ))}
      </div>
      <p className="text-13 text-wool-600">{t('of', { done, total })}</p>
      {/* Read out at each tenth only: a voice that says every row says nothing. */}
      <output className="sr-only">
        {label}: {percent(total === 0 ? 0 : Math.floor((done * 10) / total) * 10)}
      </output>
    </div>
  );
}
