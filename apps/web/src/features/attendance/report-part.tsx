import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { DocumentLine } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';

const Rights = graphql(`
  query ReportRights($runId: ID!) {
    courseRun(id: $runId) {
      id
      viewerCan
    }
  }
`);

const RequestReport = graphql(`
  mutation RequestAttendanceReport($input: AttendanceReportInput!) {
    requestAttendanceReport(input: $input) {
      pdf {
        id
      }
      xlsx {
        id
      }
      csv {
        id
      }
    }
  }
`);

const page = getRouteApi('/signed-in/shell/courses/$runId/report');

export function ReportPart() {
  const { t } = useWords();
  const { runId } = page.useParams();
  const { pdf, xlsx, csv } = page.useSearch();
  const navigate = page.useNavigate();
  const query = useQuery(ask(Rights, { runId }));
  const request = useSend(RequestReport, {
    onAnswer: ({ requestAttendanceReport: { pdf, xlsx, csv } }) =>
      navigate({ search: { pdf: pdf.id, xlsx: xlsx.id, csv: csv.id } }),
  });
  useTitle(t('run.report'));

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const papers = [pdf, xlsx, csv].filter((id) => id !== undefined);
  const mayRequest = query.data.courseRun.viewerCan.includes('REQUEST_ATTENDANCE_REPORT');
  return (
    <section aria-labelledby="report" className="grid max-w-3xl gap-4">
      <div className="grid gap-1">
        <span id="report">
          <SectionTitle>{t('report.title')}</SectionTitle>
        </span>
        <p className="text-14 text-wool-700">{t('report.lead')}</p>
      </div>
      {mayRequest ? (
        <div>
          <Button
            kind={papers.length > 0 ? 'plain' : 'primary'}
            onPress={() => request.mutate({ input: { runId } })}
            isPending={request.isPending}
          >
            {t(papers.length > 0 ? 'report.again' : 'report.request')}
          </Button>
        </div>
      ) : (
        <Note tone="waiting">{t('report.mayNot')}</Note>
      )}
      <FailureNote error={request.error} />
      {papers.length === 0 ? (
        <p className="text-14 text-wool-600">{t('report.empty')}</p>
      ) : (
        <ul className="grid divide-y divide-wool-200 rounded-card border border-wool-200 bg-wool-0">
          {papers.map((id) => (
            <li key={id} className="px-4 py-3">
              <DocumentLine id={id} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
