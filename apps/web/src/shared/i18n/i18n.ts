import { formatNumber, type Language } from '@app/persian';
import i18next, { type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { fa } from './fa.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof fa };
  }
}

const remembered = 'maharat.language';

/** Writes the numbers of a message as its language writes numbers. */
const numbers: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language) =>
    typeof value === 'number' ? formatNumber(value, { language: language === 'en' ? 'en' : 'fa' }) : String(value),
};

/** Persian comes with the page; English is fetched when it is asked for. */
export async function startLanguage(): Promise<void> {
  await i18next
    .use(initReactI18next)
    .use(numbers)
    .init({
      lng: 'fa',
      fallbackLng: 'fa',
      resources: { fa: { translation: fa } },
      returnNull: false,
      interpolation: { escapeValue: false, alwaysFormat: true }, // React escapes
    });
  await turnTo(readRemembered() === 'en' ? 'en' : 'fa');
}

/** Turns the page and its words. */
export async function changeLanguage(language: Language): Promise<void> {
  await turnTo(language);
  try {
    localStorage.setItem(remembered, language);
  } catch {
    // A browser that keeps nothing starts in Persian again.
  }
}

async function turnTo(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    i18next.addResourceBundle('en', 'translation', (await import('./en.js')).en);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'fa' ? 'rtl' : 'ltr';
}

function readRemembered(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}
