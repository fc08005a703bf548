import { ChevronDown } from 'lucide-react';
import { useId, type InputHTMLAttributes, type ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField } from 'react-aria-components';

const box =
  'w-full rounded-control border border-wool-500 bg-wool-0 px-2.5 text-16 sm:text-14 min-h-11 sm:min-h-9 invalid:border-ronas-mark disabled:bg-wool-100 disabled:text-wool-600';
const label = 'text-13 text-wool-600';
const hint = 'text-12 text-wool-600';
const mistake = 'text-13 text-ronas-ink';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Why the value cannot be taken, and the mend. */
  error?: string | undefined;
  hint?: ReactNode;
}

interface TextFieldProps extends FieldProps {
  name?: string;
  type?: 'text' | 'password' | 'search';
  inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode'];
  autoComplete?: string;
  placeholder?: string;
  dir?: 'ltr';
  /** More than one line of typing. */
  lines?: number;
  children?: ReactNode;
}

/** What is typed, on one line or several. Numbers are typed as text too, in whichever digits the keyboard has. */
export function TextField({ label: title, value, onChange, error, hint: note, children, ...input }: TextFieldProps) {
  const { name, type, inputMode, autoComplete, placeholder, dir, lines } = input;
  return (
    <AriaTextField
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      className="grid content-start gap-0.5"
    >
      <Label className={label}>{title}</Label>
      <span className="relative" dir={dir}>
        {lines ? (
          <TextArea
            rows={lines}
            className={`${box} block py-1.5 data-invalid:border-ronas-mark`}
            {...{ name, placeholder }}
          />
        ) : (
          <Input
            className={`${box} data-invalid:border-ronas-mark`}
            {...{ name, type, inputMode, autoComplete, placeholder }}
          />
        )}
        {children}
      </span>
      {note && (
        <Text slot="description" className={hint}>
          {note}
        </Text>
      )}
      <FieldError className={mistake}>{error}</FieldError>
    </AriaTextField>
  );
}

export interface SelectFieldProps extends FieldProps {
  options: readonly { value: string; label: string; group?: string }[];
  /** What stands there while nothing is chosen. */
  placeholder?: string;
  disabled?: boolean;
}

/** The browser's own list: it is right on every phone and for every reader, and asks for no script. */
export function SelectField({ label: title, value, onChange, error, hint: note, ...list }: SelectFieldProps) {
  const { options, placeholder, disabled } = list;
  const id = useId();
  const notes = [note && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="grid content-start gap-0.5">
      <label htmlFor={id} className={label}>
        {title}
      </label>
      <span className="relative">
        <select
          id={id}
          value={value}
          disabled={disabled}
          onChange={({ target }) => onChange(target.value)}
          aria-invalid={error !== undefined}
          aria-describedby={notes}
          className={`${box} appearance-none pe-8 aria-invalid:border-ronas-mark`}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute end-2.5 top-1/2 size-4 -translate-y-1/2 text-wool-600"
        />
      </span>
      {note && (
        <span id={`${id}-hint`} className={hint}>
          {note}
        </span>
      )}
      {error && (
        <span id={`${id}-error`} className={mistake}>
          {error}
        </span>
      )}
    </div>
  );
}
