import { describe, expect, it } from '@jest/globals';
import { countReport, parseArguments } from './specs.mjs';

describe('the arguments of npm test', () => {
  it.each([
    [[], ['sqlite', 'mariadb', 'web', 'browser'], []],
    [['--engine', 'sqlite'], ['sqlite'], []],
    [
      ['--engine=web,browser', '--', 'enrolment', '-t', 'x'],
      ['web', 'browser'],
      ['enrolment', '-t', 'x'],
    ],
    [['enrolment'], ['sqlite', 'mariadb', 'web', 'browser'], ['enrolment']],
  ])('reads %j', (args, engines, rest) => {
    expect(parseArguments(args)).toEqual({ engines, rest });
  });

  it('refuses an engine that is not there', () => {
    expect(() => parseArguments(['--engine', 'oracle'])).toThrow('not oracle');
  });
});

describe('the total of a run', () => {
  const file = (status: string, tests: number) => ({ status, assertionResults: Array.from({ length: tests }) });

  it('counts what passed and what failed', () => {
    const report = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, testResults: [file('failed', 8)] };
    expect(countReport(report, 1)).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  it('counts a file that could not be loaded as one failure', () => {
    const report = { numPassedTests: 5, numFailedTests: 0, testResults: [file('passed', 5), file('failed', 0)] };
    expect(countReport(report, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  it('counts a runner that crashed as one failure, with a report or without', () => {
    expect(countReport(undefined, 134)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countReport({ numPassedTests: 5, numFailedTests: 0, testResults: [] }, 1).failed).toBe(1);
  });
});
