import { CircleAlert } from 'lucide-react';
import type { EnumOf } from '../../shared/api/graphql.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Code } from '../../shared/ui/text.js';

/** Why an office cannot do something to a run, with the day and the run it is about. */
export interface Refusal {
  reason: EnumOf<'CourseRunRefusal'>;
  day: string | null;
  runNumber: string | null;
}

/** Every reason that stands in the way. */
export function RefusalList({ refusals }: { refusals: Refusal[] }) {
  const { t, day } = useWords();
  return (
    <div role="alert" className="rounded-control border border-ronas-mark bg-wool-0">
      <p className="flex items-center gap-2 rounded-t-control bg-ronas-tint px-3 py-1.5 text-13 font-label text-ronas-ink">
        <CircleAlert aria-hidden className="size-4" /> {t('plan.why')}
      </p>
      <ul className="grid gap-1 px-3 py-2 text-14">
        {refusals.map(({ reason, day: on, runNumber }) => (
          <li key={reason}>
            {t(`courseRunRefusal.${reason}`)}
            {(on || runNumber) && (
              <span className="text-13 text-wool-600">
                {' ('}
                {on && t('plan.onDay', { day: day(on) })}
                {on && runNumber && t('list')}
                {runNumber && (
                  <>
                    {t('plan.withRun')}
                    <Code>{runNumber}</Code>
                  </>
                )}
                {')'}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
