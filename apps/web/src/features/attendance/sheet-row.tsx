import { Clock } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useWords } from '../../shared/i18n/use-words.js';
import { touched, type Mark, type Status } from './sheet-marks.js';
import type { Row } from './sheet-page.js';

const half = 'bg-linear-45 from-current from-50% to-transparent to-50% inset-ring-2 inset-ring-current';
const outline = 'inset-ring-2 inset-ring-current';

interface Look {
  shape: string;
  tone: string;
  onIndigo: string;
  pill: string;
}

const part: Look = {
  shape: half,
  tone: 'text-zafaran-mark',
  onIndigo: 'text-gold',
  pill: 'bg-zafaran-tint text-zafaran-ink',
};

/** Full is there, half is part of the time, an outline is away: told by shape, then by colour. */
const looks: Record<Status, Look> = {
  PRESENT: {
    shape: 'bg-current',
    tone: 'text-yashm-mark',
    onIndigo: 'text-yashm-light',
    pill: 'bg-yashm-tint text-yashm-ink',
  },
  LATE: part,
  LEFT_EARLY: part,
  EXCUSED: {
    shape: outline,
    tone: 'text-nili-500',
    onIndigo: 'text-nili-200',
    pill: 'bg-nili-50 text-nili-700',
  },
  UNEXCUSED: {
    shape: outline,
    tone: 'text-ronas-mark',
    onIndigo: 'text-ronas-light',
    pill: 'bg-wool-0 text-ronas-ink inset-ring-2 inset-ring-ronas-mark',
  },
};

export function StatusKnot({ status, onIndigo = false }: { status: Status | null; onIndigo?: boolean }) {
  const look = status && looks[status];
  const tone = look ? (onIndigo ? look.onIndigo : look.tone) : onIndigo ? 'text-nili-400' : 'text-wool-500';
  return <i aria-hidden className={`knot ${tone} ${look?.shape ?? outline}`} />;
}

interface SheetRowProps {
  row: Row;
  place: number;
  mark: Mark | null;
  sessionMinutes: number;
  /** Missing where the viewer only reads. */
  onChange: ((mark: Mark) => void) | undefined;
}

export function SheetRow({ row, place, mark, sessionMinutes, onChange }: SheetRowProps) {
  const { t, number } = useWords();
  const name = `${row.givenName} ${row.familyName}`;
  const status = mark ? t(`attendanceStatus.${mark.status}`) : t('sheet.notEntered');
  const missed = !mark || mark.presentMinutes === null ? null : sessionMinutes - mark.presentMinutes;
  const content = (
    <>
      <span className="w-6 flex-none text-center text-12 text-wool-600">{number(place)}</span>
      <span className="min-w-0 flex-1 text-16 leading-relaxed font-name">
        {name}
        {missed !== null && (
          <span className="block text-12 font-normal text-wool-600">
            {t(mark?.status === 'LATE' ? 'sheet.minutesLate' : 'sheet.minutesLeft', { minutes: missed })}
          </span>
        )}
      </span>
      <span
        className={`inline-flex h-9.5 min-w-22 flex-none items-center justify-center gap-2 rounded-control px-2 text-14 font-label ${
          mark ? looks[mark.status].pill : 'bg-wool-100 text-wool-700'
        }`}
      >
        <StatusKnot status={mark?.status ?? null} />
        {status}
      </span>
    </>
  );
  const line = 'flex min-h-13.5 min-w-0 flex-1 items-center gap-2.5 py-1 ps-2 text-start';
  return (
    <li
      className={`flex items-stretch border-b border-wool-200 ${mark?.status === 'UNEXCUSED' ? 'bg-ronas-tint/50' : ''}`}
    >
      {onChange ? (
        <>
          <Button
            aria-label={t('sheet.row', { name, status })}
            onPress={() => onChange(touched(mark))}
            className={line}
          >
            {content}
          </Button>
          <OtherStatus name={name} sessionMinutes={sessionMinutes} marked={missed !== null} onChange={onChange} />
        </>
      ) : (
        <div className={`${line} pe-4`}>{content}</div>
      )}
    </li>
  );
}

const steps = [5, 10, 15, 30];

interface OtherStatusProps {
  name: string;
  sessionMinutes: number;
  marked: boolean;
  onChange: (mark: Mark) => void;
}

/** What a touch does not say: late, left early, excused. */
function OtherStatus({ name, sessionMinutes, marked, onChange }: OtherStatusProps) {
  const { t } = useWords();
  const minutes = steps.filter((step) => step < sessionMinutes);
  const choices: { key: string; label: string; mark: Mark }[] = [
    ...(['EXCUSED', 'UNEXCUSED', 'PRESENT'] as const).map((status) => ({
      key: status,
      label: t(`attendanceStatus.${status}`),
      mark: { status, presentMinutes: null },
    })),
    ...minutes.map((step) => ({
      key: `late-${step}`,
      label: t('sheet.lateBy', { minutes: step }),
      mark: { status: 'LATE' as const, presentMinutes: sessionMinutes - step },
    })),
    ...minutes.map((step) => ({
      key: `left-${step}`,
      label: t('sheet.leftBy', { minutes: step }),
      mark: { status: 'LEFT_EARLY' as const, presentMinutes: sessionMinutes - step },
    })),
  ];
  return (
    <MenuTrigger>
      <Button
        aria-label={t('sheet.more', { name })}
        className={`grid w-12 flex-none place-items-center ${marked ? 'text-zafaran-mark' : 'text-wool-500'}`}
      >
        <Clock aria-hidden className="size-5" strokeWidth={1.75} />
      </Button>
      <Popover className="w-60 overflow-y-auto rounded-card border border-wool-200 bg-wool-0 p-1.5 shadow-float">
        <Menu aria-label={t('sheet.more', { name })} className="outline-none">
          {choices.map(({ key, label, mark }) => (
            <MenuItem
              key={key}
              textValue={label}
              onAction={() => onChange(mark)}
              className="flex min-h-11 cursor-pointer items-center gap-2.5 rounded-control px-3 text-14 outline-none focus:bg-nili-50 focus-visible:shadow-none"
            >
              <StatusKnot status={mark.status} />
              {label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
