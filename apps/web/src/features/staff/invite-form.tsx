import { useState, type FormEvent } from 'react';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { FailureNote } from '../../shared/ui/states.js';
import { LinkNote } from './link-note.js';
import { RoleFields, useRoleChoice } from './role-fields.js';
import type { RoleToGive } from './staff-page.js';

const Invite = graphql(`
  mutation InviteUser($input: InviteUserInput!) {
    inviteUser(input: $input) {
      link
      expiresAt
    }
  }
`);

/** Makes a link by which one person comes in, once. */
export function InviteForm({ gives }: { gives: readonly RoleToGive[] }) {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  const choice = useRoleChoice(gives);
  const invite = useSend(Invite, { onAnswer: () => setAsked(false) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (choice.chosen) invite.mutate({ input: choice.chosen });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
      <h2 className="text-16 font-label">{t('staff.invite')}</h2>
      <RoleFields choice={choice} asked={asked} />
      <FailureNote error={invite.error} />
      {invite.data && <LinkNote {...invite.data.inviteUser} />}
      <div>
        <Button type="submit" kind="primary" isPending={invite.isPending}>
          {t('staff.makeLink')}
        </Button>
      </div>
    </form>
  );
}
