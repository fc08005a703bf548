import { useWords } from '../../shared/i18n/use-words.js';
import { PageTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { PasswordPart } from './password-part.js';
import { SecondFactorPart } from './second-factor-part.js';
import { SessionsPart } from './sessions-part.js';
import { TokensPart } from './tokens-part.js';

/** How one comes in, where one is at work, and which programs act in one's name. */
export function AccountPage() {
  const { t } = useWords();
  useTitle(t('security.title'));
  return (
    <div className="grid max-w-3xl gap-8">
      <PageTitle>{t('security.title')}</PageTitle>
      <SecondFactorPart />
      <PasswordPart />
      <SessionsPart />
      <TokensPart />
    </div>
  );
}
