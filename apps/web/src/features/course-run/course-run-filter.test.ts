import { expect, it } from 'vitest';
import { courseRunFilter } from './course-run-filter.js';

it.each([
  [
    { search: ' قالی ', status: 'RUNNING' },
    { search: 'قالی', status: 'RUNNING' },
  ],
  [{ search: 1405 }, { search: '1405' }],
  [{ search: '', status: 'NONSENSE' }, {}],
  [{ search: { of: 'somebody' }, other: 'x' }, {}],
])('the address %j says %j', (address, filter) => {
  expect(courseRunFilter(address)).toEqual(filter);
});
