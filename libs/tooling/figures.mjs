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
