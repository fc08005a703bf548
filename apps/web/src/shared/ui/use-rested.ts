import { useEffect, useState } from 'react';

/** The value as it was when it had not changed for a moment: what is typed asks once, not at every letter. */
export function useRested<Value>(value: Value): Value {
  const body = JSON.stringify(value);
  const [rested, setRested] = useState(body);
  useEffect(() => {
    const timer = setTimeout(() => setRested(body), 300);
    return () => clearTimeout(timer);
  }, [body]);
  return JSON.parse(rested) as Value;
}
