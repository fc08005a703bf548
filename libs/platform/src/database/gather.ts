/**
 * Makes a look-up of one key out of a look-up of many. Who asks while a look-up is on its way is answered by the next
 * one: a crowd costs few statements, one who comes alone does not wait, and nobody gets what was read before they asked.
 */
export function gather<V>(lookUp: (keys: string[]) => Promise<ReadonlyMap<string, V>>) {
  let onItsWay: Promise<unknown> = Promise.resolve();
  let next: { keys: Set<string>; found: Promise<ReadonlyMap<string, V>> } | undefined;
  return async (key: string): Promise<V | undefined> => {
    if (!next) {
      const keys = new Set<string>();
      const found = onItsWay.then(() => {
        next = undefined;
        return lookUp([...keys]);
      });
      next = { keys, found };
      onItsWay = found.catch(() => undefined);
    }
    const { keys, found } = next;
    keys.add(key);
    return (await found).get(key);
  };
}
