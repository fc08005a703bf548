import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const boundaries = require('./boundaries.cjs') as { forbidden: { name: string }[] };

/** Which file breaks which rules; a file that is not named here breaks none. */
const broken: Record<string, string[]> = {
  'apps/api/src/breaks-testing.ts': ['only-specs-use-testing'],
  'apps/api/src/breaks-wall.ts': ['the-secret-stays-behind-its-wall'],
  'apps/cli/src/demo/breaks-outside.ts': ['the-demo-is-an-outside-client'],
  'apps/web/src/breaks-web.ts': ['web-shares-only-pure-libs'],
  'apps/worker/src/breaks-apart.ts': ['apps-stand-apart'],
  'libs/access/src/breaks-row.ts': ['access-imports-only-below'],
  'libs/backend/src/breaks-row.ts': ['backend-imports-only-below', 'nothing-imports-an-app'],
  'libs/certification/src/breaks-row.ts': ['certification-imports-only-below'],
  'libs/credentials/src/breaks-row.ts': ['credentials-imports-only-below'],
  'libs/documents/src/breaks-row.ts': ['documents-imports-only-below'],
  'libs/documents/src/typeset/breaks-lightness.ts': ['what-draws-is-light'],
  'libs/funding/src/breaks-row.ts': ['funding-imports-only-below'],
  'libs/messaging/src/breaks-row.ts': ['messaging-imports-only-below'],
  'libs/persian/src/breaks-pure-lib.ts': ['pure-libs-need-nothing-of-the-server'],
  'libs/persian/src/breaks-row.ts': ['persian-imports-only-below'],
  'libs/placement/src/breaks-row.ts': ['placement-imports-only-below'],
  'libs/platform/src/breaks-row.ts': ['platform-imports-only-below'],
  'libs/referral/src/breaks-row.ts': ['referral-imports-only-below'],
  'libs/training/src/breaks-cycle-a.ts': ['no-cycles'],
  'libs/training/src/breaks-finding.ts': ['everything-is-found'],
  'libs/training/src/breaks-index.ts': ['through-the-index'],
  'libs/training/src/breaks-production.ts': ['runs-without-development-packages'],
  'libs/training/src/breaks-row.ts': ['training-imports-only-below'],
  'libs/training/src/run/breaks-adapter.service.ts': ['only-adapters-know-outside-systems'],
  'libs/training/src/run/breaks-clock.rules.ts': ['rules-are-pure'],
  'libs/training/src/run/breaks-drawing.document.ts': ['documents-only-draw'],
  'libs/training/src/run/breaks-edge.service.ts': ['use-cases-know-no-edge'],
  'libs/training/src/run/breaks-lightness.document.ts': ['documents-only-draw'],
  'libs/training/src/run/breaks-purity.rules.ts': ['rules-are-pure'],
  'libs/unknown/src/breaks-known-lib.ts': ['every-lib-has-its-row'],
};

describe('the boundaries', () => {
  let found: Record<string, string[]>;

  beforeAll(() => {
    const cruiser = join(here, '../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const args = [cruiser, '--config', join(here, 'boundaries.cjs'), '--output-type', 'json', 'apps', 'libs'];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: join(here, 'fixtures/boundaries'),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (!stdout) throw new Error(stderr);
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    found = {};
    for (const { from, rule } of summary.violations) {
      found[from] = [...new Set([...(found[from] ?? []), rule.name])].sort();
    }
  });

  it('find every breaking file, and nothing in the files that keep them', () => {
    expect(found).toEqual(broken);
  });

  it('have a breaking file for each rule', () => {
    const seen = new Set(Object.values(broken).flat());
    expect(boundaries.forbidden.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  });
});
