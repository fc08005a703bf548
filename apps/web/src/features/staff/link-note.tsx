import { dayInTehran, minutesInTehran } from '@app/persian';
import { useWords } from '../../shared/i18n/use-words.js';
import { Note } from '../../shared/ui/states.js';
import { Code } from '../../shared/ui/text.js';

/** A link that works once, shown once, to be handed to its person by a safe way. */
export function LinkNote({ link, expiresAt }: { link: string; expiresAt: string }) {
  const { t, day, time } = useWords();
  const at = new Date(expiresAt);
  const until = t('security.moment', { day: day(dayInTehran(at), 'long'), time: time(minutesInTehran(at)) });
  return (
    <Note tone="done">
      <p>{t('staff.link', { until })}</p>
      <p className="break-all">
        <Code>{link}</Code>
      </p>
    </Note>
  );
}
