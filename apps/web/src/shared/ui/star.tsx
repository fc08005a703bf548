/** The eight-pointed star: the mark of the product. */
export function Star({ className = 'size-7 text-gold' }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={`flex-none ${className}`}>
      <path
        fill="currentColor"
        d="M12 1.5 15.08 4.58 19.42 4.58 19.42 8.92 22.5 12 19.42 15.08 19.42 19.42 15.08 19.42 12 22.5 8.92 19.42 4.58 19.42 4.58 15.08 1.5 12 4.58 8.92 4.58 4.58 8.92 4.58z"
      />
    </svg>
  );
}
