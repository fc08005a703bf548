import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components';
import { tv, type VariantProps } from 'tailwind-variants';

export const buttonLook = tv(
  {
    base: 'inline-flex items-center justify-center gap-2 rounded-control border px-3.5 text-14 font-name whitespace-nowrap transition-colors duration-150 min-h-11 sm:min-h-9 no-underline disabled:opacity-60 disabled:cursor-not-allowed',
    variants: {
      kind: {
        primary:
          'border-nili-600 bg-nili-600 text-white font-label hover:bg-nili-700 pressed:bg-nili-800 not-disabled:hover:border-nili-700',
        plain: 'border-wool-300 bg-wool-0 text-wool-900 hover:bg-wool-100 pressed:bg-wool-200',
        quiet: 'border-transparent bg-transparent text-nili-600 hover:bg-nili-50 pressed:bg-nili-100 px-2',
      },
      wide: { true: 'w-full min-h-13 text-16 sm:min-h-11' },
    },
    defaultVariants: { kind: 'plain' },
  },
  { twMerge: false },
);

type ButtonProps = Omit<AriaProps, 'className' | 'children' | 'isPending'> &
  VariantProps<typeof buttonLook> & {
    children: ReactNode;
    /** It has been pressed and waits for its answer: it keeps the focus and does nothing more. */
    isPending?: boolean;
  };

export function Button({ kind, wide, isPending = false, onPress, type, children, ...props }: ButtonProps) {
  // React Aria's own isPending leaves an image without a name behind in its live region.
  const press: AriaProps = isPending
    ? { type: 'button', 'aria-disabled': true }
    : { ...(type && { type }), ...(onPress && { onPress }) };
  return (
    <AriaButton {...props} {...press} className={buttonLook({ kind, wide })}>
      {isPending && <LoaderCircle aria-hidden className="size-4.5 animate-spin" strokeWidth={1.75} />}
      {children}
    </AriaButton>
  );
}
