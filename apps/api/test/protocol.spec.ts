import { auditServer } from 'graphql-http';
import { describe, expect, it } from '@jest/globals';
import { testApi } from './test-api.js';

describe('GraphQL over HTTP, by the audits of its specification', () => {
  const api = testApi({ jobs: 0 });
  const audited = async (path: string) => {
    const results = await auditServer({ url: api.url + path });
    const named = (status: string) => results.filter((one) => one.status === status).map(({ name }) => name);
    return { count: results.length, error: named('error'), warn: named('warn'), notice: named('notice') };
  };

  it('is spoken without an error; what may be left out are queries by GET', async () => {
    const { count, error, warn, notice } = await audited('/graphql');
    expect(count).toBeGreaterThan(60);
    expect(error).toEqual([]);
    for (const name of notice) expect(name).toMatch(/\bGETs?\b/);
    // A request that cannot be understood is answered 400 to everyone: what watches the server sees that it failed.
    expect(warn).toEqual([
      'SHOULD use 200 status code on document parsing failure when accepting application/json',
      'SHOULD use 200 status code on document validation failure when accepting application/json',
      'SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
    ]);
  });

  it('is known to be looked at: another page has many errors (the control)', async () => {
    expect((await audited('/health/live')).error.length).toBeGreaterThan(10);
  });
});
