import { useWords } from '../../shared/i18n/use-words.js';
import { Chip, type ChipTone, type KnotShape } from '../../shared/ui/chip.js';
import type { CourseRunStatus } from './course-run-filter.js';

const looks: Record<CourseRunStatus, [ChipTone, KnotShape]> = {
  APPROVED: ['nili', 'outline'],
  RUNNING: ['firuze', 'half'],
  FINISHED: ['yashm', 'full'],
  CLOSED: ['wool', 'full'],
  CANCELLED: ['ronas', 'outline'],
};

export function StatusChip({ status }: { status: CourseRunStatus }) {
  const { t } = useWords();
  const [tone, shape] = looks[status];
  return (
    <Chip tone={tone} shape={shape}>
      {t(`courseRunStatus.${status}`)}
    </Chip>
  );
}
