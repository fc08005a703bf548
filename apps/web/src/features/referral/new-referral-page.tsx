import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { graphql, type EnumOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { SelectField, TextField } from '../../shared/ui/fields.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';

const ReferPerson = graphql(`
  mutation ReferPerson($input: ReferPersonInput!) {
    referPerson(input: $input) {
      __typename
      ... on ReferredPerson {
        id
      }
      ... on ReferralRefused {
        reason
      }
    }
  }
`);

type Tie = EnumOf<'FamilyTie'>;
const ties: Tie[] = ['SPOUSE', 'CHILD', 'PARENT', 'SIBLING', 'RELEASED', 'OTHER'];
const blank = { nationalId: '', givenName: '', familyName: '', familyFile: '', eligibilityReason: '' };

/** Notes a person whom the branch sends. What is written here stays with the branch, and the page says so. */
export function NewReferralPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form, setForm] = useState(blank);
  const [tie, setTie] = useState<Tie | ''>('');
  const [asked, setAsked] = useState(false);
  useTitle(t('referrals.new'));

  const refer = useSend(ReferPerson, {
    onAnswer: async ({ referPerson }) => {
      if (referPerson.__typename !== 'ReferredPerson') return;
      await queries.invalidateQueries();
      await navigate({ to: '/referrals/$referralId', params: { referralId: referPerson.id } });
    },
  });
  const refusal = refer.data?.referPerson.__typename === 'ReferralRefused' ? refer.data.referPerson.reason : null;
  const missing = Object.values(form).some((value) => value.trim() === '') || tie === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!missing) refer.mutate({ input: { ...form, familyTie: tie } });
  };
  const field = (name: keyof typeof blank) => ({
    label: t(`referrals.${name}`),
    value: form[name],
    onChange: (value: string) => setForm((before) => ({ ...before, [name]: value })),
    error: asked && !form[name].trim() ? t('referrals.needed') : undefined,
  });

  return (
    <form onSubmit={submit} noValidate className="grid max-w-2xl gap-4">
      <PageTitle>{t('referrals.new')}</PageTitle>
      <Note tone="news">{t('referrals.staysHere')}</Note>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField {...field('givenName')} autoComplete="off" />
        <TextField {...field('familyName')} autoComplete="off" />
        <TextField {...field('nationalId')} inputMode="numeric" autoComplete="off" dir="ltr" />
        <TextField {...field('familyFile')} autoComplete="off" />
        <SelectField
          label={t('referrals.familyTie')}
          value={tie}
          onChange={(value) => setTie(value as Tie)}
          placeholder={t('plan.choose')}
          options={ties.map((each) => ({ value: each, label: t(`familyTie.${each}`) }))}
          error={asked && tie === '' ? t('referrals.needed') : undefined}
        />
      </div>
      <TextField {...field('eligibilityReason')} autoComplete="off" hint={t('referrals.reasonHint')} />
      <FailureNote error={refer.error} />
      {refusal && <Note tone="danger">{t(`referralRefusal.${refusal}`)}</Note>}
      <p>
        <Button type="submit" kind="primary" isPending={refer.isPending}>
          {t('referrals.save')}
        </Button>
      </p>
    </form>
  );
}
