import { useWords } from '../i18n/use-words.js';
import { SelectField, type SelectFieldProps, TextField } from './fields.js';

interface LongSelectProps extends SelectFieldProps {
  search: string;
  onSearch: (search: string) => void;
  /** Whether there are more than have come. */
  isLong: boolean;
}

/** The browser's own list; where it is too long for one answer of the API, with a search above it. */
export function LongSelect({ search, onSearch, isLong, ...list }: LongSelectProps) {
  const { t } = useWords();
  if (!isLong && search === '') return <SelectField {...list} />;
  return (
    <div className="grid gap-2">
      <TextField type="search" label={t('narrow', { list: list.label })} value={search} onChange={onSearch} />
      <SelectField {...list} />
    </div>
  );
}
