import { spawnSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const here = dirname(fileURLToPath(import.meta.url));

describe('the linter', () => {
  it('finds each of the faults that were put into its fixtures', () => {
    const oxlint = join(here, '../../node_modules/oxlint/bin/oxlint');
    const args = [
      oxlint,
      '-c',
      'libs/tooling/oxlint.json',
      '--type-aware',
      '--format',
      'json',
      'libs/tooling/fixtures/lint',
    ];
    const { stdout } = spawnSync(process.execPath, args, { cwd: join(here, '../..'), encoding: 'utf8' });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] };

    expect(diagnostics.map(({ filename, code }) => `${basename(filename)} ${code}`).sort()).toEqual([
      'breaks-any.ts typescript(no-explicit-any)',
      'breaks-class.ts eslint(no-restricted-imports)',
      'breaks-floating.ts typescript(no-floating-promises)',
      'breaks-hooks.tsx react-hooks(rules-of-hooks)',
      'breaks-misused.ts typescript(no-misused-promises)',
      'breaks-skipping.spec.ts jest(no-disabled-tests)',
      'breaks-switch.ts typescript(switch-exhaustiveness-check)',
      'breaks-unused.ts eslint(no-unused-vars)',
    ]);
  });
});
