import type { ReactNode } from 'react';

export type ChipTone = 'nili' | 'yashm' | 'zafaran' | 'ronas' | 'firuze' | 'wool';
export type KnotShape = 'full' | 'outline' | 'half';

const tones: Record<ChipTone, string> = {
  nili: 'bg-nili-50 text-nili-700',
  yashm: 'bg-yashm-tint text-yashm-ink',
  zafaran: 'bg-zafaran-tint text-zafaran-ink',
  ronas: 'bg-ronas-tint text-ronas-ink',
  firuze: 'bg-firuze-tint text-firuze-ink',
  wool: 'bg-wool-100 text-wool-700',
};

const marks: Record<ChipTone, string> = {
  nili: 'text-nili-500',
  yashm: 'text-yashm-mark',
  zafaran: 'text-zafaran-mark',
  ronas: 'text-ronas-mark',
  firuze: 'text-firuze-mark',
  wool: 'text-wool-500',
};

/** The sign beside a word: colour never speaks alone. */
export function Knot({ tone, shape = 'full' }: { tone: ChipTone; shape?: KnotShape }) {
  const fill = {
    full: 'bg-current',
    outline: 'inset-ring-2 inset-ring-current',
    half: 'bg-linear-45 from-current from-50% to-transparent to-50% inset-ring-2 inset-ring-current',
  }[shape];
  return <i aria-hidden className={`knot ${marks[tone]} ${fill}`} />;
}

export function Chip({ tone, shape, children }: { tone: ChipTone; shape?: KnotShape; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-2 rounded-mark px-2 py-0.5 text-13 font-name sm:whitespace-nowrap ${tones[tone]}`}
    >
      <Knot tone={tone} {...(shape && { shape })} />
      {children}
    </span>
  );
}
