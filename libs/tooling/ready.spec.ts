import { describe, expect, it } from '@jest/globals';
import { isOldNode, missingPackages } from './ready.mjs';

describe('what must be there before the start', () => {
  it.each([
    ['18.20.0', true],
    ['20.18.9', true],
    ['20.19.0', false],
    ['22.1.0', false],
    ['24.0.0', false],
  ])('asks for another Node than %s: %s', (version, expected) => {
    expect(isOldNode(version)).toBe(expected);
  });

  it('names what is missing or in another version, but not the packages of other systems', () => {
    const lock = {
      packages: {
        '': { version: '1.0.0' },
        'node_modules/a': { version: '1.0.0' },
        'node_modules/b': { version: '2.0.0' },
        'node_modules/c': { version: '1.0.0' },
        'node_modules/c-win32': { version: '1.0.0', optional: true },
      },
    };
    const installed = { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.9.0' } } };
    expect(missingPackages(lock, installed)).toEqual(['node_modules/b', 'node_modules/c']);
    expect(missingPackages(lock, undefined)).toHaveLength(3);
  });
});
