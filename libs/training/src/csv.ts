/**
 * Records of a table of ours: UTF-8, commas, a header row, fields with commas or quotes between double quotes.
 * Files from outside are read by `@app/documents`.
 */
export function csvRecords<Column extends string>(text: string): Record<Column, string>[] {
  const rows = [...text.replace(/^\uFEFF/, '').matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g)];
  const table: string[][] = [[]];
  for (const [, field = '', end] of rows) {
    table.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end !== ',') table.push([]);
  }
  const [header = [], ...records] = table.filter((row) => row.some((field) => field !== ''));
  return records.map(
    (row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])) as Record<Column, string>,
  );
}
