import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';

/** The values a wording may wait for, as the API names them. */
const SLOTS = {
  fa: [
    ...(['father', 'nationalId', 'standardFa', 'time', 'startedOn', 'endedOn'] as const),
    ...(['institute', 'examOnLong', 'final', 'grade'] as const),
  ],
  en: ['enId', 'enSubject', 'enTime', 'enFrom', 'enTo', 'enExam', 'enFinal'],
} as const;

interface SlotButtonsProps {
  language: keyof typeof SLOTS;
  onChoose: (slot: string) => void;
}

/** Puts the place of a value at the end of the wording. */
export function SlotButtons({ language, onChoose }: SlotButtonsProps) {
  const { t } = useWords();
  return (
    <div role="toolbar" aria-label={t('forms.slots')} className="flex flex-wrap items-center gap-1.5">
      <span className="text-12 text-wool-600">{t('forms.slots')}</span>
      {SLOTS[language].map((slot) => (
        <Button key={slot} kind="quiet" onPress={() => onChoose(slot)}>
          {t(`certificateSlot.${slot}`)}
        </Button>
      ))}
    </div>
  );
}
