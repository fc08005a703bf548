// The browser's journeys: Jest as for the other specs, over the built product and a real Chromium.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ready.mjs';

const { jest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

export default {
  ...jest,
  rootDir: root,
  roots: ['<rootDir>/apps/web/e2e'],
  testMatch: ['**/*.e2e-spec.ts'],
  testTimeout: 120_000,
};
