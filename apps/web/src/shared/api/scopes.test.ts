import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en.js';
import { fa } from '../i18n/fa.js';
import { scopesBySubject } from './scopes.js';

describe('what a token may be made for', () => {
  it('is shown once, under a subject, with words in both languages', () => {
    const every = Object.keys(fa.scope);
    const shown = scopesBySubject(every);
    expect(shown.flatMap(({ scopes }) => scopes).toSorted()).toEqual(every.toSorted());
    for (const { group, scopes } of shown) {
      expect([group, fa.scopeGroup[group], en.scopeGroup[group]].every(Boolean)).toBe(true);
      for (const scope of scopes) expect([scope, Boolean(fa.scope[scope] && en.scope[scope])]).toEqual([scope, true]);
    }
  });

  it('leaves out what it does not know and subjects without any', () => {
    expect(scopesBySubject(['courseRun', 'toString', 'signOut'])).toEqual([
      { group: 'courses', scopes: ['courseRun'] },
    ]);
  });
});
