import { useQuery } from '@tanstack/react-query';
import { may, viewerQuery } from '../../shared/api/viewer.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { ExportPart } from './export-part.js';
import { FindForm, useFound } from './find-form.js';
import { RecordPart } from './record-part.js';

/** Whoever has come to the office: found by the whole national ID, which stands in no address and in no title. */
export function PeoplePage() {
  const { t } = useWords();
  const viewer = useQuery(viewerQuery).data?.viewer;
  const person = useFound();
  useTitle(t('people.title'));
  return (
    <div className="grid max-w-3xl gap-8">
      <div className="grid gap-3">
        <PageTitle>{t('people.title')}</PageTitle>
        <p className="text-14 text-wool-700">{t('people.lead')}</p>
        <FindForm label={t('people.nationalId')} button={t('people.find')} found={person} primary />
      </div>
      {person.record && <RecordPart key={person.record.id} record={person.record} />}
      {may(viewer, 'exportPeople') && <ExportPart />}
    </div>
  );
}
