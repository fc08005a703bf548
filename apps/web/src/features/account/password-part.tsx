import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { CodeField, PasswordField, type Refusal, RefusalNote } from '../../shared/ui/secret-fields.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';

const Change = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      __typename
      ... on SignInRefused {
        reason
        retryAfterSeconds
      }
    }
  }
`);

/** A new password for oneself, with the one that stands and the second step where there is one. */
export function PasswordPart() {
  const { t } = useWords();
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [code, setCode] = useState('');
  const [codeAsked, setCodeAsked] = useState(false);
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [done, setDone] = useState(false);

  const change = useSend(Change, {
    onAnswer: async ({ changePassword: answer }) => {
      setCode('');
      setAsked(false);
      if (answer.__typename === 'SignInRefused') {
        if (answer.reason === 'CODE_NEEDED') setCodeAsked(true);
        return setRefusal(answer);
      }
      setDone(true);
      setPassword('');
      setNewPassword('');
      setCodeAsked(false);
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    setRefusal(null);
    setDone(false);
    if (password && newPassword && (!codeAsked || code.trim()))
      change.mutate({ input: { password, newPassword, ...(codeAsked && { code }) } });
  };

  return (
    <section className="grid gap-3">
      <SectionTitle>{t('security.password')}</SectionTitle>
      <p className="text-14 text-wool-700">{t('security.passwordLead')}</p>
      <RefusalNote refusal={refusal} />
      {done && <Note tone="done">{t('security.passwordChanged')}</Note>}
      <FailureNote error={change.error} />
      <form onSubmit={submit} noValidate className="grid max-w-96 gap-3">
        <PasswordField label={t('security.passwordNow')} value={password} onChange={setPassword} asked={asked} />
        <PasswordField
          label={t('link.password')}
          chosen
          hint={t('link.passwordHint')}
          value={newPassword}
          onChange={setNewPassword}
          asked={asked}
        />
        {codeAsked && <CodeField value={code} onChange={setCode} asked={asked} />}
        <div>
          <Button type="submit" isPending={change.isPending}>
            {t('security.changePassword')}
          </Button>
        </div>
      </form>
    </section>
  );
}
