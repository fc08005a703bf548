import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { type Scope, type ScopeGroup, scopesBySubject } from '../../shared/api/scopes.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Code } from '../../shared/ui/text.js';

interface ScopeChoiceProps {
  scopes: readonly string[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** What a token may do, by subject; a whole subject is chosen at once. */
export function ScopeChoice({ scopes, chosen, onChange }: ScopeChoiceProps) {
  return (
    <div className="grid items-start gap-2 lg:grid-cols-2">
      {scopesBySubject(scopes).map((subject) => (
        <Subject key={subject.group} {...subject} chosen={chosen} onChange={onChange} />
      ))}
    </div>
  );
}

type SubjectProps = Pick<ScopeChoiceProps, 'chosen' | 'onChange'> & { group: ScopeGroup; scopes: Scope[] };

function Subject({ group, scopes, chosen, onChange }: SubjectProps) {
  const { t, number } = useWords();
  const id = useId();
  // On a telephone the subjects alone are in sight.
  const [open, setOpen] = useState(() => window.matchMedia('(min-width: 40rem)').matches);
  const count = scopes.filter((scope) => chosen.has(scope)).length;
  const choose = (some: Scope[], wanted: boolean) => {
    const next = new Set(chosen);
    for (const scope of some) next[wanted ? 'add' : 'delete'](scope);
    onChange(next);
  };
  return (
    <fieldset aria-labelledby={id} className="min-w-0 rounded-card border border-wool-200 bg-wool-0">
      <div className="flex items-center gap-2 ps-3 pe-1">
        <label className="flex min-h-11 flex-1 items-center gap-2.5 text-14 font-label sm:min-h-10">
          <input
            type="checkbox"
            className="size-4 flex-none"
            checked={count === scopes.length}
            ref={(box) => {
              if (box) box.indeterminate = count > 0 && count < scopes.length;
            }}
            onChange={({ target }) => choose(scopes, target.checked)}
          />
          <span id={id}>{t(`scopeGroup.${group}`)}</span>
          <span className="ms-auto text-12 font-normal whitespace-nowrap text-wool-600">
            {t('security.scopesChosen', { chosen: number(count), total: number(scopes.length) })}
          </span>
        </label>
        <Button
          aria-label={t('security.showScopes', { group: t(`scopeGroup.${group}`) })}
          aria-expanded={open}
          onPress={() => setOpen(!open)}
          className="grid size-11 place-items-center rounded-control text-wool-600 hover:bg-wool-100 sm:size-9"
        >
          <ChevronDown aria-hidden className={`size-5 transition-transform ${open ? 'rotate-180' : ''}`} />
        </Button>
      </div>
      {open && (
        <ul className="border-t border-wool-200 px-3 py-1">
          {scopes.map((scope) => (
            <li key={scope}>
              <label className="flex min-h-11 items-center gap-2.5 py-0.5 text-14 sm:min-h-8">
                <input
                  type="checkbox"
                  className="size-4 flex-none"
                  checked={chosen.has(scope)}
                  onChange={({ target }) => choose([scope], target.checked)}
                />
                <span className="flex flex-1 flex-wrap items-baseline justify-between gap-x-3">
                  {t(`scope.${scope}`)}
                  <span className="text-12 text-wool-600">
                    <Code>{scope}</Code>
                  </span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
