import { describe, expect, it } from '@jest/globals';
import { figureOf, median, readFigure, writeFigure } from './figures.mjs';

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

  it('are met on the right side of the goal, by the ratio before it is rounded', () => {
    expect(figureOf('seats', 250, 1000, { atLeast: 0.25 })).toEqual({
      ...{ name: 'seats', value: 250, limit: 1000, ratio: 0.25, goal: 'at least 0.25', met: true },
    });
    expect(figureOf('seats', 249.9, 1000, { atLeast: 0.25 })).toMatchObject({ ratio: 0.25, met: false });
    expect(figureOf('page', 5.1, 1, { atMost: 5 })).toMatchObject({ goal: 'at most 5', met: false });
    expect(figureOf('page', 5, 1, { atMost: 5 }).met).toBe(true);
  });

  it('come from the median of the rounds', () => {
    expect([median([3, 100, 1]), median([1, 2, 3, 100]), median([7])]).toEqual([3, 2.5, 7]);
    expect(() => median([])).toThrow('median of nothing');
  });
});
