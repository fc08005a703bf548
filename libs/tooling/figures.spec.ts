import { describe, expect, it } from '@jest/globals';
import { readFigure, writeFigure } from './figures.mjs';

describe('the figures of a bench', () => {
  const figure = { name: 'seats', value: 500, limit: 1000, ratio: 0.5, goal: 0.25, met: true };

  it('are read from the lines that hold one', () => {
    expect(readFigure(JSON.stringify(figure))).toEqual(figure);
    expect(readFigure('warming up')).toBeUndefined();
  });

  it('are refused when a part is missing', () => {
    const { goal, ...rest } = figure;
    expect(goal).toBe(0.25);
    expect(() => readFigure(JSON.stringify(rest))).toThrow('without goal');
  });

  it('say whether the goal was met', () => {
    expect(writeFigure(figure)).toBe('✓ seats: 500 against 1000, ratio 0.5, goal 0.25');
    expect(writeFigure({ ...figure, met: false })).toContain('✗ seats');
  });
});
