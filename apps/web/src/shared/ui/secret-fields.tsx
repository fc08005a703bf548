import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { EnumOf } from '../api/graphql.js';
import { useWords } from '../i18n/use-words.js';
import { TextField } from './fields.js';
import { Note } from './states.js';

interface SecretProps {
  value: string;
  onChange: (value: string) => void;
  /** It was asked for: an empty one is told of. */
  asked: boolean;
}

interface PasswordFieldProps extends SecretProps {
  label?: string;
  /** A password that is being chosen, or the one that stands. */
  chosen?: boolean;
  hint?: string;
}

/** A password, hidden until its owner wants to see it. */
export function PasswordField({ label, value, onChange, asked, chosen = false, hint }: PasswordFieldProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  return (
    <TextField
      label={label ?? t('signIn.password')}
      name={chosen ? 'newPassword' : 'password'}
      type={shown ? 'text' : 'password'}
      autoComplete={chosen ? 'new-password' : 'current-password'}
      dir="ltr"
      value={value}
      onChange={onChange}
      hint={hint}
      error={asked && !value ? t('signIn.needPassword') : undefined}
    >
      <ToggleButton
        isSelected={shown}
        onChange={setShown}
        aria-label={t('signIn.show')}
        className="absolute inset-y-0 end-0 grid w-11 place-items-center rounded-control text-wool-600"
      >
        {shown ? <EyeOff aria-hidden className="size-5" /> : <Eye aria-hidden className="size-5" />}
      </ToggleButton>
    </TextField>
  );
}

/** The code of the second step. It comes up when the password was right, and typing goes on in it. */
export function CodeField({ value, onChange, asked }: SecretProps) {
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={place}>
      <TextField
        label={t('signIn.code')}
        name="code"
        autoComplete="one-time-code"
        dir="ltr"
        value={value}
        onChange={onChange}
        hint={t('signIn.codeHint')}
        error={asked && !value.trim() ? t('signIn.needCode') : undefined}
      />
    </div>
  );
}

/** A `SignInRefused` of the API. */
export interface Refusal {
  reason: EnumOf<'SignInRefusal'>;
  retryAfterSeconds: number;
}

/** Why a password or a code was not taken, and how long to wait. */
export function RefusalNote({ refusal }: { refusal: Refusal | null }) {
  const { t } = useWords();
  if (!refusal) return null;
  const { reason, retryAfterSeconds: seconds } = refusal;
  return (
    <Note tone={reason === 'CODE_NEEDED' ? 'news' : 'danger'}>
      {t(`signInRefusal.${reason}`)}
      {seconds > 0 && ` ${t('signIn.wait', { seconds, count: seconds })}`}
    </Note>
  );
}
