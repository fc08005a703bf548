import { describe, expect, it } from '@jest/globals';
import { conditions } from './conditions.js';

describe('the where of a policy in a hand-written statement', () => {
  it('asks for every bound, and takes the values apart from the text', () => {
    expect(conditions('r', { officeId: 'o1', status: ['A', 'B'], roomId: null, other: undefined })).toEqual({
      sql: 'r.officeId = ? AND r.status IN (?, ?) AND r.roomId IS NULL',
      values: ['o1', 'A', 'B'],
    });
  });

  it('finds everything without bounds, and nothing for an empty list', () => {
    expect(conditions('r', {})).toEqual({ sql: '1 = 1', values: [] });
    expect(conditions('r', { id: [] })).toEqual({ sql: '1 = 0', values: [] });
  });

  it('takes no name that could be more than a column', () => {
    expect(() => conditions('r', { 'id = 1 OR 1': 1 })).toThrow('Not a column');
  });
});
