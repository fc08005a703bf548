import { dayInTehran, parseJalali } from '@app/persian';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.js';
import { TextField } from './fields.js';

interface JalaliFieldProps {
  label: string;
  /** As typed. */
  value: string;
  onChange: (value: string) => void;
  hint: string;
}

/** The day that a typed Jalali date means, `YYYY-MM-DD`, or null. */
export function typedDay(text: string): string | null {
  const reading = parseJalali(text, { today: dayInTehran(new Date()) });
  return reading.ok ? reading.day : null;
}

/** A date as people write it, in any digits; the day it means is told under it, so that a slip is seen. */
export function JalaliField({ label, value, onChange, hint }: JalaliFieldProps) {
  const { t, day } = useWords();
  const [left, setLeft] = useState(false);
  const [today] = useState(() => dayInTehran(new Date()));
  const reading = parseJalali(value, { today });
  const mistakes = { MISSING: undefined, UNREADABLE: t('plan.badDay'), IMPOSSIBLE: t('plan.impossibleDay') };
  return (
    <div onBlur={() => setLeft(true)} onFocus={() => setLeft(false)}>
      <TextField
        label={label}
        value={value}
        onChange={onChange}
        inputMode="numeric"
        dir="ltr"
        hint={reading.ok ? day(reading.day) : hint}
        error={left && !reading.ok ? mistakes[reading.reason] : undefined}
      />
    </div>
  );
}
