import type { EnumOf } from '../../shared/api/graphql.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Chip, type ChipTone, type KnotShape } from '../../shared/ui/chip.js';

type Stage = EnumOf<'SeatStage'>;

const looks: Record<Stage, [ChipTone, KnotShape]> = {
  TAKEN_BACK: ['wool', 'outline'],
  REFERRED: ['zafaran', 'outline'],
  ENROLLED: ['nili', 'half'],
  LEFT: ['ronas', 'outline'],
  EXAMINED: ['firuze', 'half'],
  CERTIFIED: ['yashm', 'full'],
};

/** How far a person has come with a seat. */
export function StageChip({ stage }: { stage: Stage }) {
  const { t } = useWords();
  return (
    <Chip tone={looks[stage][0]} shape={looks[stage][1]}>
      {t(`seatStage.${stage}`)}
    </Chip>
  );
}
