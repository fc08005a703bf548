import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { RequestFailed } from '../../shared/api/request.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/fields.js';
import { FailureNote, Loading, Note } from '../../shared/ui/states.js';

const Found = graphql(`
  query TraineeRecord($nationalId: String!) {
    traineeRecord(nationalId: $nationalId) {
      id
      givenName
      familyName
      maskedNationalId
      maskedFatherName
      birthDayKnown
      maskedMobile
      signInShut
      mobileChange {
        id
        maskedMobile
        takesEffectAt
      }
      places {
        enrolmentId
        runId
        runNumber
        status
        standardTitleFa
        standardTitleEn
        instituteName
        startsOn
        endsOn
      }
    }
  }
`);

export type TraineeRecord = ResultOf<typeof Found>['traineeRecord'];

/** A record that is looked for, by what was typed. */
export function useFound() {
  const [asked, setAsked] = useState('');
  const query = useQuery({ ...ask(Found, { nationalId: asked }), enabled: asked !== '', retry: false });
  return { query, asked, setAsked, record: asked === '' ? undefined : query.data?.traineeRecord };
}

interface FindFormProps {
  label: string;
  button: string;
  found: ReturnType<typeof useFound>;
  primary?: boolean;
}

/** Finds one person by the whole national ID. */
export function FindForm({ label, button, found: { query, setAsked }, primary = false }: FindFormProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(typed.trim());
  };
  const failure = query.error instanceof RequestFailed ? query.error : null;
  return (
    <>
      <form
        onSubmit={submit}
        noValidate
        className="grid items-end gap-3 sm:grid-cols-[minmax(0,16rem)_auto] sm:justify-start"
      >
        <TextField label={label} inputMode="numeric" autoComplete="off" dir="ltr" value={typed} onChange={setTyped} />
        <Button type="submit" kind={primary ? 'primary' : 'plain'} isPending={query.isFetching}>
          {button}
        </Button>
      </form>
      {query.isFetching && !query.data && <Loading rows={3} />}
      {failure?.code === 'NOT_FOUND' ? (
        <Note tone="waiting">{t('people.nobody')}</Note>
      ) : (
        <FailureNote error={failure} />
      )}
    </>
  );
}
