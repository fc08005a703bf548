import { useQuery } from '@tanstack/react-query';
import { Download, FileSpreadsheet, FileText, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ask } from '../api/ask.js';
import { graphql, type EnumOf, type ResultOf } from '../api/graphql.js';
import { useLive } from '../api/use-live.js';
import { useSend } from '../api/use-send.js';
import { useWords } from '../i18n/use-words.js';
import { Button } from '../ui/button.js';
import { Chip, type ChipTone, type KnotShape } from '../ui/chip.js';
import { FailureNote } from '../ui/states.js';
import { Code } from '../ui/text.js';

const Document = graphql(`
  query StoredDocument($id: ID!) {
    storedDocument(id: $id) {
      id
      state
      fileName
      mimeType
      viewerCanCancel
    }
  }
`);

const Progress = graphql(`
  subscription DocumentProgress($id: ID!) {
    documentProgress(id: $id) {
      id
      state
      fileName
      mimeType
      viewerCanCancel
    }
  }
`);

const OpenDocument = graphql(`
  mutation OpenDocument($id: ID!) {
    openDocument(id: $id) {
      url
    }
  }
`);

const CancelDocument = graphql(`
  mutation CancelDocument($id: ID!) {
    cancelDocument(id: $id) {
      __typename
      ... on CancelDocumentRefused {
        reason
      }
    }
  }
`);

type Stored = ResultOf<typeof Document>['storedDocument'];

const looks: Record<EnumOf<'DocumentState'>, [ChipTone, KnotShape]> = {
  WAITING: ['wool', 'outline'],
  DRAWING: ['firuze', 'half'],
  READY: ['yashm', 'full'],
  FAILED: ['ronas', 'outline'],
  CANCELLED: ['wool', 'outline'],
  ERASED: ['wool', 'outline'],
};

/** A stored document as it is now: told as it changes, and asked for until it is settled. */
function useDocument(id: string): { paper: Stored | undefined; refetch: () => void } {
  const [news, setNews] = useState<Stored | null>(null);
  const query = useQuery({
    ...ask(Document, { id }),
    refetchInterval: ({ state }) => (isSettled(state.data?.storedDocument) ? false : 3_000),
  });
  const asked = query.data?.storedDocument;
  const paper = isSettled(asked) ? asked : (news ?? asked);
  useLive(
    Progress,
    { id },
    {
      active: !isSettled(paper),
      onNews: ({ documentProgress }) => setNews(documentProgress),
    },
  );
  return { paper, refetch: () => void query.refetch() };
}

const StateChip = ({ state }: { state: EnumOf<'DocumentState'> }) => {
  const { t } = useWords();
  return (
    <Chip tone={looks[state][0]} shape={looks[state][1]}>
      {t(`documentState.${state}`)}
    </Chip>
  );
};

/** One paper: what state it is in, and its download when it is ready. Without a name, its kind of file. */
export function DocumentLine({ id, name }: { id: string; name?: string }) {
  const { t } = useWords();
  const { paper, refetch } = useDocument(id);
  if (!paper) return null;
  const format = formatOf(paper.mimeType);
  const kind = name ?? t(`document.${format}`);
  const Icon = format === 'pdf' ? FileText : FileSpreadsheet;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Icon aria-hidden className="size-5 flex-none text-wool-600" strokeWidth={1.75} />
      <span className="min-w-0 text-14">
        <span className="block font-name">{kind}</span>
        <span className="block text-12 break-all text-wool-600">
          <Code>{paper.fileName}</Code>
        </span>
      </span>
      <output className="ms-auto">
        <StateChip state={paper.state} />
      </output>
      {paper.state === 'READY' && <DownloadButton id={id} name={kind} />}
      {paper.viewerCanCancel && <CancelButton id={id} name={kind} onAnswer={refetch} />}
    </div>
  );
}

/** A paper in the cell of a table: its download, or what state it is in. */
export function DocumentState({ id, name }: { id: string; name: string }) {
  const { paper } = useDocument(id);
  if (!paper) return null;
  return paper.state === 'READY' ? <DownloadButton id={id} name={name} /> : <StateChip state={paper.state} />;
}

const formatOf = (mimeType: string) =>
  mimeType.includes('spreadsheet') ? 'xlsx' : mimeType.startsWith('text/csv') ? 'csv' : 'pdf';

/** Stops the drawing of what nobody wants any more. What it came to meanwhile shows in the line. */
function CancelButton({ id, name, onAnswer }: { id: string; name: string; onAnswer: () => void }) {
  const { t } = useWords();
  const cancel = useSend(CancelDocument, { onAnswer });
  return (
    <>
      <Button
        kind="quiet"
        aria-label={t('document.cancelNamed', { name })}
        onPress={() => cancel.mutate({ id })}
        isPending={cancel.isPending}
      >
        <X aria-hidden className="size-4.5" strokeWidth={1.75} />
        {t('document.cancel')}
      </Button>
      <FailureNote error={cancel.error} />
    </>
  );
}

/** Asks for a link of 60 seconds at the moment it is pressed, and follows it. */
export function DownloadButton({ id, name }: { id: string; name: string }) {
  const { t } = useWords();
  const open = useSend(OpenDocument, {
    onAnswer: ({ openDocument: { url } }) => {
      const link = document.createElement('a');
      link.href = url;
      link.download = '';
      link.click();
    },
  });
  return (
    <>
      <Button
        aria-label={t('document.downloadNamed', { name })}
        onPress={() => open.mutate({ id })}
        isPending={open.isPending}
      >
        <Download aria-hidden className="size-4.5" strokeWidth={1.75} />
        {t('document.download')}
      </Button>
      <FailureNote error={open.error} />
    </>
  );
}

/** A paper inside the page, for browsers that show one; the download stands beside it for all others. */
export function PaperInPage({ id, name }: { id: string; name: string }) {
  const { t } = useWords();
  const open = useSend(OpenDocument);
  const { mutate } = open;
  useEffect(() => mutate({ id }), [id, mutate]);
  return (
    <>
      <FailureNote error={open.error} />
      {open.data && (
        <iframe
          title={t('document.shownNamed', { name })}
          src={`${open.data.openDocument.url}&shown`}
          className="aspect-[297/230] w-full rounded-card border border-wool-200 bg-wool-100"
        />
      )}
    </>
  );
}

const isSettled = (paper: Stored | undefined | null) =>
  paper !== undefined && paper !== null && !['WAITING', 'DRAWING'].includes(paper.state);
