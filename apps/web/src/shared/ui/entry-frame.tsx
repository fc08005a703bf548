import type { ReactNode } from 'react';
import { LanguageSwitch } from './language-switch.js';

/** The frame of the pages by which one comes in: a card under the band, on the indigo ground. */
export function EntryFrame({ above, children }: { above?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[8px_1fr] bg-nili-800">
      <div aria-hidden className="band" />
      <main className="grid place-items-center px-4 py-8">
        <div className="w-full max-w-96">
          {above}
          <div className="rounded-card bg-wool-0 p-5 shadow-float sm:p-6">{children}</div>
          <p className="mt-3 text-center">
            <LanguageSwitch />
          </p>
        </div>
      </main>
    </div>
  );
}
