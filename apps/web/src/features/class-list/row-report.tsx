import { useState } from 'react';
import { useWords } from '../../shared/i18n/use-words.js';
import { Chip, type ChipTone, type KnotShape } from '../../shared/ui/chip.js';
import { Choice } from '../../shared/ui/choice.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import type { ClassList } from './class-list-part.js';

type Row = ClassList['rows'][number];
type Fate = 'clean' | 'repaired' | 'refused';

const looks: Record<Fate, [ChipTone, KnotShape]> = {
  clean: ['yashm', 'full'],
  repaired: ['zafaran', 'half'],
  refused: ['ronas', 'outline'],
};

/** What becomes of a row: taken as it is, taken with repairs, or refused. */
export const fateOf = ({ outcome, repairs }: Pick<Row, 'outcome' | 'repairs'>): Fate =>
  outcome === 'REFUSED' ? 'refused' : repairs.length > 0 ? 'repaired' : 'clean';

/** Each row of the file with what was mended in it, or why it cannot be taken. */
export function RowReport({ rows }: { rows: Row[] }) {
  const { t, number, either } = useWords();
  const [shown, setShown] = useState<Fate | 'everyRow'>('everyRow');
  const kinds = ['everyRow', 'clean', 'repaired', 'refused'] as const;
  const of = (kind: Fate | 'everyRow') => (kind === 'everyRow' ? rows : rows.filter((row) => fateOf(row) === kind));

  const columns: Column<Row>[] = [
    { head: t('classList.row'), cell: ({ row }) => number(row) },
    {
      head: t('classList.name'),
      names: true,
      cell: ({ name }) => <span className="font-name">{name || t('classList.nameless')}</span>,
    },
    {
      head: t('classList.outcome'),
      cell: (row) => (
        <Chip tone={looks[fateOf(row)][0]} shape={looks[fateOf(row)][1]}>
          {t(`classList.${fateOf(row)}`)}
        </Chip>
      ),
    },
    {
      head: t('classList.note'),
      cell: ({ known, repairs, refusal }) => {
        const texts = [...(refusal ? [refusal] : []), ...repairs];
        return texts.length === 0 && !known ? null : (
          <ul className="grid gap-0.5">
            {texts.map(({ messageFa, messageEn }) => (
              <li key={messageEn} className={refusal?.messageEn === messageEn ? 'text-ronas-ink' : 'text-wool-700'}>
                {either(messageFa, messageEn)}
              </li>
            ))}
            {known && <li className="text-wool-700">{t('classList.known')}</li>}
          </ul>
        );
      },
    },
  ];

  return (
    <div className="grid gap-2">
      <div>
        <Choice
          label={t('classList.show')}
          value={shown}
          onChange={setShown}
          options={kinds.map((kind) => ({
            value: kind,
            label: `${t(`classList.${kind}`)} (${number(of(kind).length)})`,
          }))}
        />
      </div>
      {of(shown).length === 0 ? (
        <p className="text-14 text-wool-600">{t('classList.noRows')}</p>
      ) : (
        <DataTable label={t('classList.title')} columns={columns} rows={of(shown)} keyOf={({ row }) => String(row)} />
      )}
    </div>
  );
}
