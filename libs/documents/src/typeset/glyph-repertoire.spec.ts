import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { face } from './face.js';
import { numbered } from './glyph-numbers.js';
import { marksOfRepertoire } from './glyph-repertoire.js';

const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
const TABLE = new URL('../../data/vazirmatn-glyphs.json', import.meta.url);

it.each(['regular', 'bold'] as const)('the table of glyphs is what the words of the %s face teach', (name) => {
  const { glyphs } = numbered(face(name), marksOfRepertoire(face(name)));
  const rows = glyphs
    .slice(1)
    .map(({ glyph, character }) => JSON.stringify([glyph, character]).replace(/[^ -~]/g, escaped));
  // After another release of a font: APPROVE=yes npm run jest -- glyph-repertoire
  if (process.env.APPROVE) writeFileSync(TABLE, `[\n${rows.join(',\n')}\n]\n`);
  expect(readFileSync(TABLE, 'utf8').split('\n').slice(1, -2)).toEqual(
    rows.map((row, at) => (at < rows.length - 1 ? `${row},` : row)),
  );
  expect(face(name).numbers.glyphs).toEqual(glyphs);
});
