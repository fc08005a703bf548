import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
}

/** One of a few, all in sight. */
export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={([next]) => onChange(next as Value)}
      className="inline-flex flex-wrap gap-0.5 justify-self-start rounded-control border border-wool-300 bg-wool-100 p-0.5"
    >
      {options.map((option) => (
        <ToggleButton
          key={option.value}
          id={option.value}
          className="inline-flex min-h-10 items-center gap-2 rounded-mark px-3 text-13 text-wool-700 selected:bg-wool-0 selected:font-label selected:text-nili-700 selected:shadow-low sm:min-h-8"
        >
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
