// The name of a file says what it is: kebab-case, and in a feature folder one of the known suffixes.
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { root } from './ready.mjs';

// What a lib's README may explain, a suffix says: the list is closed, so a file that fits none is in the wrong place.
const suffixes =
  'entity|rules|policy|service|events|jobs|document|graphql|resolver|controller|guard|interceptor|filter|plugin|module|words|queue|files|store|thread';
const specs = '(?:(?:[a-z0-9-]+)\\.)?spec|e2e-spec|test|bench';
const word = '[a-z0-9]+(?:-[a-z0-9]+)*';

const named = new RegExp(
  `^${word}(?:\\.(?:${suffixes}))?(?:\\.(?:${specs}|d|config|gen|bench))?\\.(?:ts|tsx|mts|mjs|cjs)$`,
);
const inFeature = new RegExp(`\\.(?:${suffixes}|spec)\\.ts$`);
const feature = /^libs\/(?:training|certification|referral|placement|funding)\/src\/[^/]+\//;
const code = /^(?:apps|libs)\/.*\.(?:ts|tsx|mts|mjs|cjs|js|jsx)$/;
const ignored = /(?:^|\/)node_modules\/|^libs\/tooling\/fixtures\//;

/** What is wrong with this path, or undefined. */
export function refuseName(path) {
  if (!code.test(path) || ignored.test(path)) return undefined;
  const folders = path.split('/');
  const file = folders.pop();
  if (!folders.every((folder) => new RegExp(`^${word}$`).test(folder))) return 'folder names are kebab-case';
  if (!named.test(file)) return `file names are kebab-case, with a suffix of the list (${suffixes}) or none`;
  if (feature.test(path) && file !== 'index.ts' && !inFeature.test(file)) {
    return `a file of a feature has a suffix of the list (${suffixes})`;
  }
  return undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const paths = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true }).map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  );
  const refused = paths.map((path) => [path, refuseName(path)]).filter(([, reason]) => reason);
  for (const [path, reason] of refused) console.log(`${path}: ${reason}`);
  process.exitCode = refused.length > 0 ? 1 : 0;
}
