import { describe, expect, it } from '@jest/globals';
import { conditions, under } from './conditions.js';

describe('the where of a policy in a hand-written statement', () => {
  it('asks for every bound, and takes the values apart from the text', () => {
    expect(conditions('r', { officeId: 'o1', status: ['A', 'B'], roomId: null })).toEqual({
      sql: 'r.officeId = ? AND r.status IN (?, ?) AND r.roomId IS NULL',
      values: ['o1', 'A', 'B'],
    });
  });

  it('asks for a place and all below it by one range', () => {
    expect(conditions('r', { path: under('/15/') })).toEqual({
      sql: 'r.path BETWEEN ? AND ?',
      values: ['/15/', '/15/~'],
    });
  });

  it('finds everything without bounds, and nothing for an empty list', () => {
    expect(conditions('r', {})).toEqual({ sql: '1 = 1', values: [] });
    expect(conditions('r', { id: [] })).toEqual({ sql: '1 = 0', values: [] });
  });

  it('refuses a bound that was forgotten, instead of matching every row', () => {
    const { officeId } = {} as { officeId: string };
    expect(() => conditions('r', { officeId })).toThrow('No value for officeId');
  });

  it('takes no name that could be more than a column', () => {
    expect(() => conditions('r', { 'id = 1 OR 1': 1 })).toThrow('Not a column');
  });
});
