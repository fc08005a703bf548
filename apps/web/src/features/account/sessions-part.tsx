import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dayInTehran, minutesInTehran } from '@app/persian';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Chip } from '../../shared/ui/chip.js';
import { Failed, FailureNote, Loading } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';

const Sessions = graphql(`
  query OwnSessions {
    sessions {
      id
      kind
      name
      role
      createdAt
      lastSeenAt
      expiresAt
      current
    }
  }
`);

const End = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id)
  }
`);

const EndOthers = graphql(`
  mutation EndOtherSessions {
    endOtherSessions
  }
`);

/** How many are in sight before the others are asked for. */
const SHOWN = 5;

/** Where one is signed in, and the programs and devices that act in one's name. */
export function SessionsPart() {
  const { t, day, time } = useWords();
  const queries = useQueryClient();
  const query = useQuery(ask(Sessions, {}));
  const [all, setAll] = useState(false);
  const onAnswer = () => queries.invalidateQueries();
  const end = useSend(End, { onAnswer });
  const endOthers = useSend(EndOthers, { onAnswer });

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={2} />;
  const sessions = query.data.sessions.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.createdAt.localeCompare(a.createdAt),
  );
  const moment = (instant: string) => {
    const at = new Date(instant);
    return t('security.moment', { day: day(dayInTehran(at), 'long'), time: time(minutesInTehran(at)) });
  };
  return (
    <section className="grid gap-3">
      <SectionTitle>{t('security.sessions')}</SectionTitle>
      <FailureNote error={end.error ?? endOthers.error} />
      <ul className="divide-y divide-wool-200 rounded-card border border-wool-200 bg-wool-0">
        {sessions.slice(0, all ? undefined : SHOWN).map(({ id, kind, name, role, lastSeenAt, expiresAt, current }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2 text-14 font-label">
                {t(`sessionKind.${kind}`)}
                {name && <bdi>{t('security.named', { name })}</bdi>}
                {current && <Chip tone="yashm">{t('security.thisOne')}</Chip>}
              </p>
              <p className="text-13 text-wool-600">
                {t('security.sessionFacts', {
                  role: t(`role.${role}`),
                  seen: moment(lastSeenAt),
                  end: moment(expiresAt),
                })}
              </p>
            </div>
            {!current && (
              <Button
                kind="quiet"
                aria-label={t('security.endNamed', { name: name ?? t(`sessionKind.${kind}`) })}
                onPress={() => end.mutate({ id })}
              >
                {t('security.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <div className="flex flex-wrap gap-2">
          {sessions.length > SHOWN && (
            <Button onPress={() => setAll(!all)}>
              {all ? t('security.fewerSessions') : t('security.moreSessions', { count: sessions.length - SHOWN })}
            </Button>
          )}
          <Button onPress={() => endOthers.mutate({})} isPending={endOthers.isPending}>
            {t('security.endOthers')}
          </Button>
        </div>
      )}
    </section>
  );
}
