import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { FileSpreadsheet, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type EnumOf, type ResultOf } from '../../shared/api/graphql.js';
import { RequestFailed, upload } from '../../shared/api/request.js';
import { useLive } from '../../shared/api/use-live.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { RowReport } from './row-report.js';

const Rights = graphql(`
  query ClassListRights($id: ID!) {
    courseRun(id: $id) {
      id
      viewerCan
    }
  }
`);

const ReadClassList = graphql(`
  mutation ReadClassList($input: ReadClassListInput!) {
    readClassList(input: $input) {
      __typename
      ... on ClassListImport {
        id
      }
      ... on ClassListRefused {
        reason
      }
    }
  }
`);

const ClassListImport = graphql(`
  query ClassListImport($id: ID!) {
    classListImport(id: $id) {
      id
      state
      rowCount
      acceptedCount
      refusedCount
      sheets
      messageFa
      messageEn
      rows {
        row
        name
        outcome
        known
        repairs {
          messageFa
          messageEn
        }
        refusal {
          messageFa
          messageEn
        }
      }
    }
  }
`);

const Progress = graphql(`
  subscription ClassListImportProgress($id: ID!) {
    classListImportProgress(id: $id) {
      state
    }
  }
`);

const EnrolClassList = graphql(`
  mutation EnrolClassList($input: EnrolClassListInput!) {
    enrolClassList(input: $input) {
      __typename
      ... on ClassListRefused {
        reason
      }
    }
  }
`);

export type ClassList = ResultOf<typeof ClassListImport>['classListImport'];
type Refusal = EnumOf<'ClassListRefusal'>;

const MOST_BYTES = 20 * 1024 * 1024;
const page = getRouteApi('/signed-in/shell/courses/$runId/class-list');

/** A file in, a report of its rows, and only then the enrolling. */
export function ClassListPart() {
  const { t } = useWords();
  const { runId } = page.useParams();
  const { list } = page.useSearch();
  const navigate = page.useNavigate();
  const rights = useQuery(ask(Rights, { id: runId }));
  const [sending, setSending] = useState<string | null>(null);
  const [failure, setFailure] = useState<RequestFailed | null>(null);
  const [refusal, setRefusal] = useState<Refusal | 'TOO_LARGE' | null>(null);
  const [uploadId, setUploadId] = useState<string | null>(null);
  useTitle(t('run.classList'));

  const read = useSend(ReadClassList, {
    onAnswer: async ({ readClassList: answer }) => {
      if (answer.__typename === 'ClassListRefused') return setRefusal(answer.reason);
      await navigate({ search: { list: answer.id } });
    },
  });

  const take = async (file: File | undefined) => {
    if (!file) return;
    setFailure(null);
    setRefusal(file.size > MOST_BYTES ? 'TOO_LARGE' : null);
    if (file.size > MOST_BYTES) return;
    setSending(file.name);
    try {
      const { id } = await upload(file);
      setUploadId(id);
      read.mutate({ input: { runId, uploadId: id } });
    } catch (error) {
      setFailure(error instanceof RequestFailed ? error : new RequestFailed('INTERNAL'));
    } finally {
      setSending(null);
    }
  };

  if (isLost(rights)) return <Failed error={rights.error} onRetry={() => void rights.refetch()} />;
  if (!rights.data) return <Loading />;
  const mayImport = rights.data.courseRun.viewerCan.includes('ENROL');
  if (!mayImport && !list) return <Note tone="waiting">{t('classList.mayNot')}</Note>;

  return (
    <section aria-labelledby="class-list" className="grid gap-4">
      <div className="grid gap-1">
        <span id="class-list">
          <SectionTitle>{t('classList.title')}</SectionTitle>
        </span>
        <p className="max-w-prose text-14 text-wool-700">{t('classList.lead')}</p>
      </div>
      {mayImport && (
        <div className="flex flex-wrap items-center gap-3">
          <FileTrigger
            acceptedFileTypes={['.xlsx', '.xls', '.csv', '.txt', '.htm', '.html']}
            onSelect={(files) => void take(files?.[0])}
          >
            <Button kind={list ? 'plain' : 'primary'} isPending={sending !== null || read.isPending}>
              <FileSpreadsheet aria-hidden className="size-5" strokeWidth={1.75} />
              {t(list ? 'classList.another' : 'classList.choose')}
            </Button>
          </FileTrigger>
          <span className="text-13 text-wool-600">{t('classList.limit')}</span>
        </div>
      )}
      {sending && <Note tone="news">{t('classList.sending', { name: sending })}</Note>}
      <FailureNote error={failure ?? read.error} />
      {refusal && (
        <Note tone="danger">
          {refusal === 'TOO_LARGE' ? t('classList.tooLarge') : t(`classListRefusal.${refusal}`)}
        </Note>
      )}
      {list && (
        <ImportReport
          key={list}
          id={list}
          runId={runId}
          onSheet={uploadId ? (sheet) => read.mutate({ input: { runId, uploadId, sheet } }) : undefined}
        />
      )}
    </section>
  );
}

interface ImportReportProps {
  id: string;
  runId: string;
  /** Reads the same file again, another sheet of it. */
  onSheet: ((sheet: string) => void) | undefined;
}

function ImportReport({ id, runId, onSheet }: ImportReportProps) {
  const { t, number, either } = useWords();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const question = ask(ClassListImport, { id });
  const query = useQuery({
    ...question,
    refetchInterval: ({ state }) => (isBusy(state.data?.classListImport.state) ? 2_000 : false),
  });
  const list = query.data?.classListImport;
  const busy = isBusy(list?.state);

  useLive(
    Progress,
    { id },
    {
      active: busy,
      onNews: ({ classListImportProgress: next }) => {
        if (!isBusy(next.state)) void queries.invalidateQueries();
      },
    },
  );
  const enrol = useSend(EnrolClassList, {
    onAnswer: async ({ enrolClassList: answer }) => {
      setRefusal(answer.__typename === 'ClassListRefused' ? answer.reason : null);
      await queries.invalidateQueries({ queryKey: question.queryKey });
    },
  });

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!list) return <Loading />;
  return (
    <div className="grid gap-4">
      {list.state === 'REFUSED' ? (
        <Note tone="danger">
          <p className="font-label">{t('classListState.REFUSED')}</p>
          {list.messageFa && list.messageEn && <p>{either(list.messageFa, list.messageEn)}</p>}
        </Note>
      ) : (
        list.state !== 'ENROLLED' && (
          <Note tone="news">
            <span className="flex items-center gap-2">
              {busy && <LoaderCircle aria-hidden className="size-5 animate-spin" strokeWidth={1.75} />}
              {t(`classListState.${list.state}`)}
            </span>
          </Note>
        )
      )}
      {list.sheets.length > 1 && list.state === 'REFUSED' && onSheet && (
        <div className="grid justify-items-start gap-2">
          <p className="text-14">{t('classList.whichSheet')}</p>
          <div className="flex flex-wrap gap-2">
            {list.sheets.map((sheet) => (
              <Button key={sheet} onPress={() => onSheet(sheet)}>
                {sheet}
              </Button>
            ))}
          </div>
        </div>
      )}
      {list.state === 'ENROLLED' && (
        <Note tone="done">
          <p>{t('classList.enrolled', { count: list.acceptedCount })}</p>
          <Link to="/courses/$runId/trainees" params={{ runId }} className="text-nili-600 underline underline-offset-4">
            {t('classList.toTrainees')}
          </Link>
        </Note>
      )}
      {list.state === 'READ' && list.acceptedCount > 0 && (
        <div className="flex flex-wrap items-center gap-3">
          <Button kind="primary" onPress={() => enrol.mutate({ input: { importId: id } })} isPending={enrol.isPending}>
            {t('classList.enrol', { count: list.acceptedCount })}
          </Button>
          {list.refusedCount > 0 && (
            <span className="text-13 text-wool-600">
              {t('classList.enrolNote', { refused: number(list.refusedCount) })}
            </span>
          )}
        </div>
      )}
      <FailureNote error={enrol.error} />
      {refusal && <Note tone="danger">{t(`classListRefusal.${refusal}`)}</Note>}
      {list.rows.length > 0 && <RowReport rows={list.rows} />}
    </div>
  );
}

const isBusy = (state: ClassList['state'] | undefined) => state === 'READING' || state === 'ENROLLING';
