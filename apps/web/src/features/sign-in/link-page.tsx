import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { graphql, type EnumOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { EntryFrame } from '../../shared/ui/entry-frame.js';
import { TextField } from '../../shared/ui/fields.js';
import { PasswordField } from '../../shared/ui/secret-fields.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';

const Accept = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      __typename
      ... on InvitationRefused {
        reason
      }
    }
  }
`);

const SetPassword = graphql(`
  mutation SetPassword($input: SetPasswordInput!) {
    setPassword(input: $input) {
      __typename
      ... on InvitationRefused {
        reason
      }
    }
  }
`);

/** The token stands behind the `#`, which no server and no log sees. */
const tokenInAddress = () => window.location.hash.slice(1);

/** Makes the account of an invited person. */
export const InvitationPage = () => <LinkPage invited />;

/** Takes the new password of somebody whose office made a link for it. */
export const NewPasswordPage = () => <LinkPage invited={false} />;

function LinkPage({ invited }: { invited: boolean }) {
  const { t } = useWords();
  const router = useRouter();
  const queries = useQueryClient();
  const [userName, setUserName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const [changed, setChanged] = useState(false);
  const [refusal, setRefusal] = useState<EnumOf<'InvitationRefusal'> | null>(null);
  const title = t(invited ? 'link.invitation' : 'link.newPassword');
  useTitle(title);

  const accept = useSend(Accept, {
    onAnswer: async ({ acceptInvitation: answer }) => {
      if (answer.__typename === 'InvitationRefused') return setRefusal(answer.reason);
      queries.removeQueries();
      await router.navigate({ to: '/' });
    },
  });
  const change = useSend(SetPassword, {
    onAnswer: ({ setPassword: answer }) => {
      if (answer.__typename === 'InvitationRefused') return setRefusal(answer.reason);
      setChanged(true);
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    setRefusal(null);
    const token = tokenInAddress();
    if (!invited && password) return change.mutate({ input: { token, password } });
    if (invited && password && userName.trim() && displayName.trim())
      accept.mutate({ input: { token, userName, displayName, password } });
  };

  return (
    <EntryFrame>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <PageTitle>{title}</PageTitle>
        {refusal && <Note tone="danger">{t(`invitationRefusal.${refusal}`)}</Note>}
        <FailureNote error={accept.error ?? change.error} />
        {changed ? (
          <Note tone="done">
            {t('link.changed')} <Link to="/sign-in">{t('signIn.title')}</Link>
          </Note>
        ) : (
          <>
            {invited && (
              <>
                <TextField
                  label={t('link.displayName')}
                  autoComplete="name"
                  value={displayName}
                  onChange={setDisplayName}
                  error={asked && !displayName.trim() ? t('link.needDisplayName') : undefined}
                />
                <TextField
                  label={t('signIn.userName')}
                  autoComplete="username"
                  dir="ltr"
                  hint={t('link.userNameHint')}
                  value={userName}
                  onChange={setUserName}
                  error={asked && !userName.trim() ? t('signIn.needUserName') : undefined}
                />
              </>
            )}
            <PasswordField
              label={t(invited ? 'signIn.password' : 'link.password')}
              chosen
              hint={t('link.passwordHint')}
              value={password}
              onChange={setPassword}
              asked={asked}
            />
            <Button type="submit" kind="primary" wide isPending={accept.isPending || change.isPending}>
              {t(invited ? 'link.accept' : 'link.set')}
            </Button>
          </>
        )}
      </form>
    </EntryFrame>
  );
}
