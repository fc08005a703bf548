import { describe, expect, it } from '@jest/globals';
import { csvRecords } from './csv.js';

describe('a table of ours', () => {
  it('keeps commas, quotes and line ends inside quotes, and empty fields', () => {
    expect(csvRecords('\uFEFFa,b,c\r\n1,"x, ""y""\nz",\n,,3')).toEqual([
      { a: '1', b: 'x, "y"\nz', c: '' },
      { a: '', b: '', c: '3' },
    ]);
  });
});
