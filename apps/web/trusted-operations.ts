import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** The text of every operation that the pages send. Operations share no fragments, so each text stands whole. */
export const operationTexts = (source: string): { file: string; text: string }[] =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .sort()
    .flatMap((file) =>
      [...readFileSync(join(source, file), 'utf8').matchAll(/\bgraphql\(\s*`([^`]*)`\s*(\)|,)/g)].map(
        ([, text = '', end]) => {
          if (end === ',' || text.includes('${'))
            throw new Error(`${file}: an operation is one text without fragments`);
          return { file, text };
        },
      ),
    );

/** Lists the operations for the API, which in production answers no others. */
export const trustedOperations = (source: string, list: string): Plugin => ({
  name: 'trusted-operations',
  apply: 'build',
  closeBundle() {
    mkdirSync(dirname(list), { recursive: true });
    writeFileSync(list, `${JSON.stringify(operationTexts(source).map(({ text }) => text))}\n`);
  },
});
