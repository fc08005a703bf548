import { Check } from 'lucide-react';
import { Checkbox } from 'react-aria-components';
import { useWords } from '../../shared/i18n/use-words.js';
import { readMark, type Entry } from './mark-entries.js';

interface MarkFieldProps {
  part: string;
  name: string;
  entry: Entry;
  onChange: (entry: Entry) => void;
}

/** A mark, or that the person did not come. */
export function MarkField({ part, name, entry, onChange }: MarkFieldProps) {
  const { t } = useWords();
  const wrong = !entry.absent && entry.text.trim() !== '' && readMark(entry.text) === null;
  return (
    <span className="inline-flex items-center gap-3">
      <input
        aria-label={t('marks.field', { part, name })}
        aria-invalid={wrong}
        inputMode="decimal"
        value={entry.text}
        disabled={entry.absent}
        onChange={({ target }) => onChange({ ...entry, text: target.value })}
        className={`min-h-11 w-16 rounded-control border bg-wool-0 px-2 text-center text-16 disabled:bg-wool-100 sm:min-h-8 sm:text-14 ${
          wrong ? 'border-ronas-mark' : 'border-wool-500'
        }`}
      />
      <Checkbox
        aria-label={t('marks.absentFor', { part, name })}
        isSelected={entry.absent}
        onChange={(absent) => onChange({ ...entry, absent })}
        className="group/box inline-flex min-h-11 cursor-pointer items-center gap-1.5 text-13 sm:min-h-8"
      >
        <span className="grid size-4.5 flex-none place-items-center rounded-mark border border-wool-500 bg-wool-0 group-focus-visible/box:outline-2 group-selected/box:border-ronas-ink group-selected/box:bg-ronas-ink">
          <Check aria-hidden className="invisible size-3.5 text-white group-selected/box:visible" strokeWidth={3} />
        </span>
        {t('marks.absent')}
      </Checkbox>
    </span>
  );
}
