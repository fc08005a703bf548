import type { ReactNode } from 'react';

/** A code, number of a paper or file name, kept in its own order inside a Persian sentence. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <span className="ltr" dir="ltr">
      {children}
    </span>
  );
}

export function PageTitle({ children }: { children: ReactNode }) {
  return <h1 className="text-22 font-title text-balance">{children}</h1>;
}

export function SectionTitle({ children }: { children: ReactNode }) {
  return <h2 className="text-18 font-label">{children}</h2>;
}
