import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useWords } from '../i18n/use-words.js';
import { AskFirst } from './ask-first.js';
import { TextField } from './fields.js';
import { Note } from './states.js';

interface AskAgreementProps {
  label: string;
  name?: string;
  kind?: 'primary' | 'plain' | 'quiet';
  title: string;
  /** What follows when another agrees. */
  children: ReactNode;
  isPending: boolean;
  onAsk: (purpose: string) => void;
}

/** Asks for what takes two people, with the reason that the other one reads. */
export function AskAgreement({ children, onAsk, ...ask }: AskAgreementProps) {
  const { t } = useWords();
  const [purpose, setPurpose] = useState('');
  const given = purpose.trim().length >= 3;
  return (
    <AskFirst {...ask} ready={given} onConfirm={() => onAsk(purpose.trim())}>
      {children}
      <TextField
        label={t('agreements.purposeFor')}
        hint={given ? undefined : t('agreements.needPurpose')}
        lines={2}
        value={purpose}
        onChange={setPurpose}
      />
    </AskFirst>
  );
}

/** It was asked, and waits for somebody else. */
export function AskedNote() {
  const { t } = useWords();
  return (
    <Note tone="waiting">
      {t('agreements.waits')}{' '}
      <Link to="/agreements" search={{ list: 'asked' }} className="underline">
        {t('agreements.see')}
      </Link>
    </Note>
  );
}
