import { describe, expect, it } from '@jest/globals';
import { Trainee } from '@app/training';
import { redacted } from './log.js';

describe('what is logged', () => {
  it('masks personal fields by their class, wherever they stand', () => {
    // Loading the entity is what classes its fields.
    expect(Trainee.name).toBe('Trainee');
    const line = { runId: 'r1', rows: [{ trainee: { givenName: 'نصرت', nationalId: '0843832339', id: 't1' } }] };
    expect(redacted(line)).toEqual({
      runId: 'r1',
      rows: [{ trainee: { givenName: '[personal]', nationalId: '[personal]', id: 't1' } }],
    });
  });

  it('16.2.5 masks secrets by their name', () => {
    expect(redacted({ input: { userName: 'x', password: 'p' }, headers: { Cookie: 'c', Authorization: 'a' } })).toEqual(
      {
        input: { userName: '[personal]', password: '[secret]' },
        headers: { Cookie: '[secret]', Authorization: '[secret]' },
      },
    );
  });

  it('says of a failed statement no value that it was given', () => {
    const error = Object.assign(new Error("Duplicate entry '0843832339' for key"), {
      code: 'ER_DUP_ENTRY',
      query: 'INSERT …',
    });
    expect(JSON.stringify(redacted({ error }))).not.toContain('0843832339');
    expect(redacted({ error })).toMatchObject({ error: { message: 'statement failed: ER_DUP_ENTRY' } });
  });

  it('ends where an object goes round in a circle', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(JSON.stringify(redacted(circle))).toContain('[deep]');
  });
});
