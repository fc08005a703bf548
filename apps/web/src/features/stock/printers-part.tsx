import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { DocumentLine } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/fields.js';
import { FailureNote } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';
import { typedTenths } from '../../shared/ui/typed.js';
import type { Printer } from './stock-page.js';

const SetPrinter = graphql(`
  mutation SetStockPrinter($input: SetStockPrinterInput!) {
    setStockPrinter(input: $input) {
      id
    }
  }
`);

/** The printers with their offsets, each with the ruled page that shows whether they are right. */
export function PrintersPart({ printers }: { printers: Printer[] }) {
  const { t, number } = useWords();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [right, setRight] = useState('');
  const [down, setDown] = useState('');
  const [asked, setAsked] = useState(false);
  const set = useSend(SetPrinter, {
    onAnswer: async () => {
      setAsked(false);
      setName('');
      setRight('');
      setDown('');
      await queries.invalidateQueries();
    },
  });
  const [rightTenths, downTenths] = [typedTenths(right), typedTenths(down)];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() && rightTenths !== null && downTenths !== null)
      set.mutate({ input: { name: name.trim(), rightTenths, downTenths } });
  };
  const away = (tenths: number, onward: 'right' | 'down', back: 'left' | 'up') =>
    tenths === 0 ? [] : [t(`stock.${tenths > 0 ? onward : back}By`, { mm: number(Math.abs(tenths) / 10) })];
  return (
    <section className="grid gap-3">
      <SectionTitle>{t('stock.printers')}</SectionTitle>
      <p className="text-14 text-wool-700">{t('stock.printersLead')}</p>
      {printers.length > 0 && (
        <ul className="grid divide-y divide-wool-200 rounded-card border border-wool-200 bg-wool-0">
          {printers.map(({ id, testPage, ...printer }) => {
            const moved = [...away(printer.rightTenths, 'right', 'left'), ...away(printer.downTenths, 'down', 'up')];
            return (
              <li key={id} className="grid gap-1 px-4 py-3">
                <p className="text-13 text-wool-600">
                  <span className="text-14 font-name text-wool-900">{printer.name}</span>{' '}
                  {moved.length > 0 ? moved.join(t('list')) : t('stock.notMoved')}
                </p>
                <DocumentLine id={testPage.id} name={t('stock.testPage')} />
              </li>
            );
          })}
        </ul>
      )}
      <form onSubmit={submit} noValidate className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField
            label={t('stock.printerName')}
            hint={t('stock.printerHint')}
            value={name}
            onChange={setName}
            error={asked && !name.trim() ? t('stock.needPrinter') : undefined}
          />
          <TextField
            label={t('stock.right')}
            hint={t('stock.rightHint')}
            inputMode="text"
            dir="ltr"
            value={right}
            onChange={setRight}
            error={rightTenths === null ? t('stock.badOffset') : undefined}
          />
          <TextField
            label={t('stock.down')}
            hint={t('stock.downHint')}
            inputMode="text"
            dir="ltr"
            value={down}
            onChange={setDown}
            error={downTenths === null ? t('stock.badOffset') : undefined}
          />
        </div>
        <FailureNote error={set.error} />
        <div>
          <Button type="submit" isPending={set.isPending}>
            {t('stock.setPrinter')}
          </Button>
        </div>
      </form>
    </section>
  );
}
