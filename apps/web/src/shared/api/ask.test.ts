import { describe, expect, it } from 'vitest';
import { isLost } from './ask.js';
import { type FailureCode, RequestFailed } from './request.js';

describe('what was read', () => {
  const failed = (code: FailureCode) => new RequestFailed(code);

  it.each<FailureCode>(['UNREACHABLE', 'INTERNAL', 'TOO_MANY'])('stays while asking anew ends in %s', (code) => {
    expect(isLost({ error: failed(code), data: {} })).toBe(false);
    expect(isLost({ error: failed(code), data: undefined })).toBe(true);
  });

  it.each<FailureCode>(['NOT_FOUND', 'FORBIDDEN'])('is not shown any more after %s', (code) => {
    expect(isLost({ error: failed(code), data: {} })).toBe(true);
  });

  it('is not lost while it is asked for', () => {
    expect(isLost({ error: null, data: undefined })).toBe(false);
  });
});
