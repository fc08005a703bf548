import { Languages } from 'lucide-react';
import { Button } from 'react-aria-components';
import { changeLanguage } from '../i18n/i18n.js';
import { useWords } from '../i18n/use-words.js';

/** Turns the page to the other language; it stands in that language, for those who read only that one. */
export function LanguageSwitch({ light = false }: { light?: boolean }) {
  const { t, language } = useWords();
  const other = language === 'fa' ? 'en' : 'fa';
  return (
    <Button
      aria-label={t('language.label')}
      onPress={() => void changeLanguage(other)}
      className={`inline-flex min-h-11 items-center gap-2 rounded-control px-2.5 text-13 lg:min-h-9 ${
        light ? 'text-nili-600 hover:bg-nili-50' : 'text-nili-100 hover:bg-nili-700'
      }`}
    >
      <Languages aria-hidden className="size-4.5" strokeWidth={1.75} />
      <span lang={other} dir={other === 'fa' ? 'rtl' : 'ltr'}>
        {t('language.switch')}
      </span>
    </Button>
  );
}
