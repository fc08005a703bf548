import { useWords } from '../../shared/i18n/use-words.js';
import { Choice } from '../../shared/ui/choice.js';
import { SelectField, TextField } from '../../shared/ui/fields.js';
import { JalaliField } from '../../shared/ui/jalali-field.js';
import { asksFor, labelSheets, type PaperEntries, type PaperKind } from './paper-details.js';

interface PaperFieldsProps {
  kind: PaperKind;
  months: string[];
  entries: PaperEntries;
  onChange: (changed: Partial<PaperEntries>) => void;
}

const pair = 'grid gap-3 sm:grid-cols-2';

/** What is asked about the chosen paper. */
export function PaperFields(props: PaperFieldsProps) {
  const { kind } = props;
  if (asksFor.month(kind)) return <MonthField {...props} />;
  if (asksFor.sitting(kind)) return <SittingFields {...props} />;
  if (asksFor.letter(kind)) return <LetterFields {...props} />;
  return asksFor.labels(kind) ? <LabelFields {...props} /> : null;
}

function MonthField({ months, entries, onChange }: PaperFieldsProps) {
  const { t, day } = useWords();
  return (
    <SelectField
      label={t('papers.month')}
      value={entries.month}
      onChange={(month) => onChange({ month })}
      placeholder={t('papers.wholeCourse')}
      options={months.map((month) => ({ value: month, label: day(month, 'month') }))}
    />
  );
}

function SittingFields({ entries, onChange }: PaperFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <Choice
        label={t('marks.part')}
        value={entries.part}
        options={(['WRITTEN', 'PRACTICAL'] as const).map((part) => ({ value: part, label: t(`examPart.${part}`) }))}
        onChange={(part) => onChange({ part })}
      />
      <div className={pair}>
        <JalaliField
          label={t('marks.satOn')}
          value={entries.examDay}
          onChange={(examDay) => onChange({ examDay })}
          hint={t('plan.startsOnHint')}
        />
        <TextField
          label={t('papers.examTime')}
          value={entries.examTime}
          onChange={(examTime) => onChange({ examTime })}
          inputMode="numeric"
          dir="ltr"
        />
      </div>
      <TextField label={t('papers.place')} value={entries.place} onChange={(place) => onChange({ place })} />
    </>
  );
}

function LetterFields({ kind, entries, onChange }: PaperFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <Choice
        label={t('papers.addressee')}
        value={entries.addressee}
        options={(['INSTITUTE', 'TRAINER'] as const).map((each) => ({
          value: each,
          label: t(`letterAddressee.${each}`),
        }))}
        onChange={(addressee) => onChange({ addressee })}
      />
      <TextField
        label={t('papers.number')}
        value={entries.number}
        onChange={(number) => onChange({ number })}
        hint={t('papers.numberHint')}
      />
      {asksFor.refusal(kind) && (
        <>
          <TextField
            label={t('papers.request')}
            value={entries.request}
            onChange={(request) => onChange({ request })}
          />
          <TextField label={t('papers.reason')} value={entries.reason} onChange={(reason) => onChange({ reason })} />
        </>
      )}
    </>
  );
}

function LabelFields({ entries, onChange }: PaperFieldsProps) {
  const { t, number } = useWords();
  const sheets = Object.entries(labelSheets).map(([value, { columns, rows, widthMm, heightMm }]) => ({
    value,
    label: t('papers.labelSheet', {
      ...{ columns: number(columns), rows: number(rows), width: number(widthMm), height: number(heightMm) },
    }),
  }));
  return (
    <div className={pair}>
      <SelectField
        label={t('papers.sheet')}
        value={entries.sheet}
        onChange={(sheet) => onChange({ sheet: sheet as PaperEntries['sheet'] })}
        options={sheets}
      />
      <TextField
        label={t('papers.start')}
        value={entries.start}
        onChange={(start) => onChange({ start })}
        inputMode="numeric"
        dir="ltr"
        hint={t('papers.startHint')}
      />
    </div>
  );
}
