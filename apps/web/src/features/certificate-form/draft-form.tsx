import { useQueryClient } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { FileTrigger } from 'react-aria-components';
import { graphql, type EnumOf } from '../../shared/api/graphql.js';
import { RequestFailed, upload } from '../../shared/api/request.js';
import { useSend } from '../../shared/api/use-send.js';
import { DocumentLine, PaperInPage } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { SelectField, TextField } from '../../shared/ui/fields.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { typedTenths } from '../../shared/ui/typed.js';
import { COUNTRY, type Form } from './forms.js';
import { SlotButtons } from './slot-buttons.js';

const Draft = graphql(`
  mutation DraftCertificateForm($input: DraftCertificateTemplateInput!) {
    draftCertificateTemplate(input: $input) {
      __typename
      ... on CertificateTemplate {
        version
        preview {
          id
        }
      }
      ... on CertificateTemplateRefused {
        reason
        mendFa
        mendEn
      }
    }
  }
`);

type Design = EnumOf<'CertificateDesign'>;
type PrintMode = EnumOf<'PrintMode'>;
const DESIGNS: readonly Design[] = ['NAQSH', 'SOBER'];
const PRINT_MODES: readonly PrintMode[] = ['FULL', 'DATA', 'GREY'];

const blank = {
  ...{ title: '', sentence: '', english: '', right: '', down: '' },
  ...{ design: 'NAQSH' as Design, printMode: 'FULL' as PrintMode },
};

const MOST_MM = 20;

/** The form as a version says it. */
const entriesOf = (form: Form, number: (value: number) => string): typeof blank => ({
  ...{ title: form.title, sentence: form.sentence, english: form.english },
  ...{ design: form.design, printMode: form.printMode },
  right: form.offsetXMm === 0 ? '' : number(form.offsetXMm),
  down: form.offsetYMm === 0 ? '' : number(form.offsetYMm),
});

/** A new version, written from one that is there, or from nothing. */
export function DraftPart({ forms }: { forms: readonly Form[] }) {
  const { t, number } = useWords();
  const [fromId, setFromId] = useState(() => (forms.find(({ inForce }) => inForce) ?? forms[0])?.id ?? '');
  const from = forms.find(({ id }) => id === fromId);
  return (
    <>
      {forms.length > 0 && (
        <div className="max-w-96">
          <SelectField
            label={t('forms.from')}
            value={fromId}
            onChange={setFromId}
            placeholder={t('forms.fromNothing')}
            options={forms.map(({ id, title, version, scope }) => ({
              value: id,
              label: t('forms.fromVersion', {
                ...{ title, version: number(version) },
                scope: t(scope === COUNTRY ? 'forms.country' : 'forms.province'),
              }),
            }))}
          />
        </div>
      )}
      <DraftForm key={fromId} from={from} />
    </>
  );
}

/** Writes a new version. It is drawn at once with the longest names there are; nothing is issued by it yet. */
function DraftForm({ from }: { from: Form | undefined }) {
  const { t, number, either } = useWords();
  const queries = useQueryClient();
  const [entries, setEntries] = useState(() => (from ? entriesOf(from, number) : blank));
  const [keepsEmblem, setKeepsEmblem] = useState(from?.hasEmblem ?? false);
  const [emblem, setEmblem] = useState<{ id: string; name: string } | null>(null);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<RequestFailed | null>(null);
  const [asked, setAsked] = useState(false);
  const draft = useSend(Draft, {
    onAnswer: async ({ draftCertificateTemplate: answer }) => {
      if (answer.__typename === 'CertificateTemplateRefused') return;
      setAsked(false);
      await queries.invalidateQueries();
    },
  });
  const set = (change: Partial<typeof blank>) => setEntries((before) => ({ ...before, ...change }));
  const take = async (file: File | undefined) => {
    if (!file) return;
    setSending(true);
    setFailure(null);
    try {
      setEmblem({ id: (await upload(file)).id, name: file.name });
    } catch (error) {
      setFailure(error instanceof RequestFailed ? error : new RequestFailed('INTERNAL'));
    } finally {
      setSending(false);
    }
  };

  const { title, sentence, english, design, printMode } = entries;
  const [right, down] = [typedTenths(entries.right, MOST_MM), typedTenths(entries.down, MOST_MM)];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (title.trim().length < 2 || right === null || down === null) return;
    draft.mutate({
      input: {
        ...{ title: title.trim(), design, printMode, offsetXMm: right / 10, offsetYMm: down / 10 },
        ...(sentence.trim() && { sentence: sentence.trim() }),
        ...(english.trim() && { english: english.trim() }),
        ...(emblem ? { emblemUploadId: emblem.id } : from && keepsEmblem && { emblemOfId: from.id }),
      },
    });
  };
  const answer = draft.data?.draftCertificateTemplate;
  return (
    <form onSubmit={submit} noValidate className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField
          label={t('forms.paperTitle')}
          hint={t('forms.paperTitleHint')}
          value={title}
          onChange={(next) => set({ title: next })}
          error={asked && title.trim().length < 2 ? t('forms.needTitle') : undefined}
        />
        <SelectField
          label={t('forms.design')}
          value={design}
          onChange={(next) => set({ design: next as Design })}
          options={DESIGNS.map((value) => ({ value, label: t(`certificateDesign.${value}`) }))}
        />
        <SelectField
          label={t('forms.printMode')}
          value={printMode}
          onChange={(next) => set({ printMode: next as PrintMode })}
          options={PRINT_MODES.map((value) => ({ value, label: t(`printMode.${value}`) }))}
        />
      </div>
      <TextField
        label={t('forms.sentence')}
        hint={t('forms.sentenceHint')}
        lines={4}
        value={sentence}
        onChange={(next) => set({ sentence: next })}
      />
      <SlotButtons language="fa" onChoose={(slot) => set({ sentence: `${sentence}{${slot}}` })} />
      <TextField
        label={t('forms.english')}
        hint={t('forms.sentenceHint')}
        lines={3}
        dir="ltr"
        value={english}
        onChange={(next) => set({ english: next })}
      />
      <SlotButtons language="en" onChoose={(slot) => set({ english: `${english}{${slot}}` })} />
      {printMode === 'DATA' && (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t('stock.right')}
            hint={t('stock.rightHint')}
            dir="ltr"
            value={entries.right}
            onChange={(next) => set({ right: next })}
            error={right === null ? t('forms.badOffset') : undefined}
          />
          <TextField
            label={t('stock.down')}
            hint={t('stock.downHint')}
            dir="ltr"
            value={entries.down}
            onChange={(next) => set({ down: next })}
            error={down === null ? t('forms.badOffset') : undefined}
          />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <FileTrigger acceptedFileTypes={['image/png', 'image/jpeg']} onSelect={(files) => void take(files?.[0])}>
          <Button isPending={sending}>
            <ImageUp aria-hidden className="size-5" strokeWidth={1.75} />
            {t('forms.emblem')}
          </Button>
        </FileTrigger>
        <span className="text-13 text-wool-600">
          {emblem ? (
            <bdi>{t('security.named', { name: emblem.name })}</bdi>
          ) : (
            t(keepsEmblem ? 'forms.emblemKept' : 'forms.emblemHint')
          )}
        </span>
        {(emblem || keepsEmblem) && (
          <Button
            kind="quiet"
            onPress={() => {
              setEmblem(null);
              setKeepsEmblem(false);
            }}
          >
            {t('forms.noEmblem')}
          </Button>
        )}
      </div>
      <FailureNote error={failure ?? draft.error} />
      {answer?.__typename === 'CertificateTemplateRefused' && (
        <Note tone="danger">
          {t(`certificateFormRefusal.${answer.reason}`)} {either(answer.mendFa ?? '', answer.mendEn ?? '')}
        </Note>
      )}
      {answer?.__typename === 'CertificateTemplate' && (
        <>
          <Note tone="done">{t('forms.drafted', { version: number(answer.version) })}</Note>
          <DocumentLine id={answer.preview.id} name={t('forms.preview')} />
          <PaperInPage id={answer.preview.id} name={t('forms.preview')} />
        </>
      )}
      <div>
        <Button type="submit" kind="primary" isPending={draft.isPending}>
          {t('forms.doDraft')}
        </Button>
      </div>
    </form>
  );
}
