import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '@app/platform';
import { items } from './asvs.js';

/** Names of tests that begin with numbers: `'6.5.1 6.5.5 takes a code once'`. */
const NUMBERED = /['"`]((?:\d+\.\d+(?:\.\d+)? )+)[^'"`]/g;

const specs = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(spec|test)\.tsx?$/.test(file) && !file.includes('node_modules'))
    .map((file) => join(projectRoot, folder, file)),
);
const tested = new Set(
  specs.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(NUMBERED)].flatMap(([, numbers = '']) => numbers.trim().split(' ')),
  ),
);
const readme = readFileSync(join(projectRoot, 'libs/access/README.md'), 'utf8');
const leftOut = new Set([...readme.matchAll(/^\| (\d+\.\d+(?:\.\d+)?) +\|/gm)].map(([, number = '']) => number));

describe('the items of ASVS', () => {
  it('have each a test whose name begins with its number, or a line in the README of access that says why not', () => {
    expect(Object.keys(items).filter((number) => !tested.has(number) && !leftOut.has(number))).toEqual([]);
  });

  it('are not left out and tested at once, and no test has the number of another list', () => {
    expect([...leftOut].filter((number) => tested.has(number) || !items[number])).toEqual([]);
    expect([...tested].filter((number) => !items[number])).toEqual([]);
  });
});
