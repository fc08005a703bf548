import { useQueryClient } from '@tanstack/react-query';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskAgreement, AskedNote } from '../../shared/ui/ask-agreement.js';
import { AskFirst } from '../../shared/ui/ask-first.js';
import { Chip } from '../../shared/ui/chip.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { Code } from '../../shared/ui/text.js';
import { LinkNote } from './link-note.js';
import { RoleFields, useRoleChoice } from './role-fields.js';
import type { Member, RoleToGive } from './staff-page.js';

const Disable = graphql(`
  mutation DisableAccount($input: DisableAccountInput!) {
    disableAccount(input: $input) {
      id
    }
  }
`);

const EndSessions = graphql(`
  mutation EndStaffSessions($userId: ID!) {
    endStaffSessions(userId: $userId) {
      id
    }
  }
`);

const Reset = graphql(`
  mutation ResetPassword($userId: ID!) {
    resetPassword(userId: $userId) {
      link
      expiresAt
    }
  }
`);

const AskRecovery = graphql(`
  mutation AskRecovery($input: AskRecoveryInput!) {
    askRecovery(input: $input) {
      id
    }
  }
`);

const GiveRole = graphql(`
  mutation GiveRole($input: GiveRoleInput!) {
    giveRole(input: $input) {
      id
    }
  }
`);

const TakeRole = graphql(`
  mutation TakeRole($input: TakeRoleInput!) {
    takeRole(input: $input) {
      __typename
      ... on RoleRefused {
        reason
      }
    }
  }
`);

interface MemberCardProps {
  member: Member;
  gives: readonly RoleToGive[];
}

/** One person, their roles, and what the office can do for them. */
export function MemberCard({ member, gives }: MemberCardProps) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { id: userId, userName, displayName, disabled, grants } = member;
  const onAnswer = () => queries.invalidateQueries();
  const disable = useSend(Disable, { onAnswer });
  const reset = useSend(Reset);
  const end = useSend(EndSessions);
  const askRecovery = useSend(AskRecovery);
  const take = useSend(TakeRole, { onAnswer });
  const taken = take.data?.takeRole;
  const failure = [disable, reset, end, askRecovery, take].map(({ error }) => error).find(Boolean) ?? null;
  const named = (action: string) => t('staff.actionFor', { action, name: displayName });
  return (
    <article className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-16 font-label break-words">{displayName}</h2>
        <span className="text-13 text-wool-600">
          <Code>{userName}</Code>
        </span>
        {disabled && (
          <Chip tone="ronas" shape="outline">
            {t('staff.disabled')}
          </Chip>
        )}
      </header>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {grants.map(({ id, role }) => (
          <li key={id} className="flex items-center gap-1 text-14">
            {t(`role.${role}`)}
            {grants.length > 1 && (
              <AskFirst
                kind="quiet"
                label={t('staff.takeRole')}
                name={t('staff.takeRoleFrom', { role: t(`role.${role}`), name: displayName })}
                title={t('staff.takeRoleTitle', { role: t(`role.${role}`), name: displayName })}
                isPending={take.isPending}
                onConfirm={() => take.mutate({ input: { userId, grantId: id } })}
              >
                <p className="text-14">{t('staff.takeRoleLead')}</p>
              </AskFirst>
            )}
          </li>
        ))}
      </ul>
      <FailureNote error={failure} />
      {taken?.__typename === 'RoleRefused' && <Note tone="danger">{t(`roleRefusal.${taken.reason}`)}</Note>}
      {end.data && <Note tone="done">{t('staff.sessionsEnded')}</Note>}
      {askRecovery.data && <AskedNote />}
      {reset.data && <LinkNote {...reset.data.resetPassword} />}
      <div className="flex flex-wrap gap-2">
        <AskFirst
          label={t('staff.reset')}
          name={named(t('staff.reset'))}
          title={t('staff.resetTitle', { name: displayName })}
          isPending={reset.isPending}
          onConfirm={() => reset.mutate({ userId })}
        >
          <p className="text-14">{t('staff.resetLead')}</p>
        </AskFirst>
        <AskFirst
          label={t('staff.endSessions')}
          name={named(t('staff.endSessions'))}
          title={t('staff.endSessionsTitle', { name: displayName })}
          isPending={end.isPending}
          onConfirm={() => end.mutate({ userId })}
        >
          <p className="text-14">{t('staff.endSessionsLead')}</p>
        </AskFirst>
        <GiveRoleButton userId={userId} name={displayName} gives={gives} />
        <AskAgreement
          label={t('staff.askRecovery')}
          name={named(t('staff.askRecovery'))}
          title={t('staff.recoveryTitle', { name: displayName })}
          isPending={askRecovery.isPending}
          onAsk={(purpose) => askRecovery.mutate({ input: { userId, purpose } })}
        >
          <p className="text-14">{t('staff.askRecoveryLead')}</p>
        </AskAgreement>
        <AskFirst
          label={t(disabled ? 'staff.enable' : 'staff.disable')}
          name={named(t(disabled ? 'staff.enable' : 'staff.disable'))}
          title={t(disabled ? 'staff.enableTitle' : 'staff.disableTitle', { name: displayName })}
          isPending={disable.isPending}
          onConfirm={() => disable.mutate({ input: { userId, disabled: !disabled } })}
        >
          <p className="text-14">{t(disabled ? 'staff.enableLead' : 'staff.disableLead')}</p>
        </AskFirst>
      </div>
    </article>
  );
}

function GiveRoleButton({ userId, name, gives }: { userId: string; name: string; gives: readonly RoleToGive[] }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const choice = useRoleChoice(gives);
  const { chosen } = choice;
  const give = useSend(GiveRole, { onAnswer: () => queries.invalidateQueries() });
  return (
    <>
      <AskFirst
        label={t('staff.giveRole')}
        name={t('staff.actionFor', { action: t('staff.giveRole'), name })}
        title={t('staff.giveRoleTitle', { name })}
        isPending={give.isPending}
        ready={chosen !== null}
        onConfirm={() => chosen && give.mutate({ input: { userId, ...chosen } })}
      >
        <p className="text-14">{t('staff.giveRoleLead')}</p>
        <RoleFields choice={choice} asked={false} />
      </AskFirst>
      <FailureNote error={give.error} />
    </>
  );
}
