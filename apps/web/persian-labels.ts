import type { Plugin } from 'vite';

/**
 * The words that React Aria says by itself, by the part that says them. Only the parts in use stand here;
 * a spec looks for English left over in what is drawn.
 */
const labels: Record<string, Record<string, string>> = {
  overlays: { dismiss: 'بستن' },
  menu: { longPressMessage: 'برای باز کردن فهرست، نگه دارید یا Alt و پیکان پایین را بزنید' },
};

const stringsFile = /react-aria[/\\]dist[/\\]private[/\\]([a-z]+)[/\\]intlStrings\.mjs/;

/** Adds fa-IR to the languages of React Aria, at the place where it lists its own. */
export function persianLabels(): Plugin {
  return {
    name: 'persian-labels',
    enforce: 'pre',
    transform(code, id) {
      const words = labels[stringsFile.exec(id)?.[1] ?? ''];
      if (!words) return undefined;
      const list = /export\s*\{\s*(\S+) as default\s*\}/;
      return {
        code: code.replace(list, (end, name) => `${name}['fa-IR'] = ${JSON.stringify(words)};\n${end}`),
        map: null,
      };
    },
  };
}
