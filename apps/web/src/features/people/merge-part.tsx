import { useState } from 'react';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskAgreement, AskedNote } from '../../shared/ui/ask-agreement.js';
import { Choice } from '../../shared/ui/choice.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';
import { FindForm, type TraineeRecord, useFound } from './find-form.js';

const Merge = graphql(`
  mutation MergeTrainees($input: MergeTraineesInput!) {
    mergeTrainees(input: $input) {
      __typename
      ... on MergeRefused {
        reason
      }
    }
  }
`);

/** Asks to make one of two records of one person. */
export function MergePart({ record }: { record: TraineeRecord }) {
  const { t } = useWords();
  const other = useFound();
  const [kept, setKept] = useState<'this' | 'other'>('this');
  const merge = useSend(Merge);
  const answer = merge.data?.mergeTrainees;
  const nameOf = ({ givenName, familyName }: TraineeRecord) => `${givenName} ${familyName}`;
  const lineOf = (one: TraineeRecord) => t('people.recordLine', { name: nameOf(one), count: one.places.length });
  const second = other.record;
  return (
    <section className="grid gap-3">
      <SectionTitle>{t('people.merge')}</SectionTitle>
      <p className="text-14 text-wool-700">{t('people.mergeLead')}</p>
      <FindForm label={t('people.otherId')} button={t('people.findOther')} found={other} />
      {second?.id === record.id && <Note tone="danger">{t('mergeRefusal.SAME_ROW')}</Note>}
      {second && second.id !== record.id && (
        <div className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
          <p className="text-14 font-label">{t('people.kept')}</p>
          <Choice
            label={t('people.kept')}
            value={kept}
            onChange={setKept}
            options={[
              { value: 'this', label: lineOf(record) },
              { value: 'other', label: lineOf(second) },
            ]}
          />
          <FailureNote error={merge.error} />
          {answer?.__typename === 'MergeRefused' && <Note tone="danger">{t(`mergeRefusal.${answer.reason}`)}</Note>}
          {answer?.__typename === 'AgreementRequest' && <AskedNote />}
          <div>
            <AskAgreement
              label={t('people.askMerge')}
              title={t('people.askMergeTitle')}
              isPending={merge.isPending}
              onAsk={(purpose) => {
                const [keptId, mergedId] = kept === 'this' ? [record.id, second.id] : [second.id, record.id];
                merge.mutate({ input: { keptId, mergedId, purpose } });
              }}
            >
              <p className="text-14">{t('people.askMergeLead', { name: nameOf(kept === 'this' ? record : second) })}</p>
            </AskAgreement>
          </div>
        </div>
      )}
    </section>
  );
}
