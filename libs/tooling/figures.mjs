// What a bench says: one JSON object a line, each figure beside its limit.

const fields = ['name', 'value', 'limit', 'ratio', 'goal', 'met'];

/** The figure on this line, or undefined when the line says something else. */
export function readFigure(line) {
  if (!line.startsWith('{')) return undefined;
  const figure = JSON.parse(line);
  const missing = fields.filter((field) => figure[field] === undefined);
  if (missing.length > 0) throw new Error(`a figure without ${missing.join(', ')}: ${line}`);
  return figure;
}

/** A figure as a line for people. */
export function writeFigure({ name, value, limit, ratio, goal, met }) {
  return `${met ? '✓' : '✗'} ${name}: ${value} against ${limit}, ratio ${ratio}, goal ${goal}`;
}

/** The middle of some numbers; of an even count the mean of the middle two. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) throw new Error('a median of nothing');
  return (sorted[Math.floor(middle - 0.5)] + sorted[Math.floor(middle)]) / 2;
}

/** A figure: ours, the limit, their ratio, and whether it is at most or at least what the goal says. */
export function figureOf(name, value, limit, goal) {
  const ratio = value / limit;
  const met = goal.atMost === undefined ? ratio >= goal.atLeast : ratio <= goal.atMost;
  const said = goal.atMost === undefined ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
  return { name, value: rounded(value), limit: rounded(limit), ratio: rounded(ratio), goal: said, met };
}

const rounded = (number) => Number(number.toPrecision(3));
