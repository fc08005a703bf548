import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { AccessDenied, Denials, Role } from '@app/access';
import { BusinessEvent, newId, Rates, SYSTEM } from '@app/platform';
import { newEnrolments, StatementLog } from '@app/testing';
import { Room } from '@app/training';
import { Stage } from './stage.js';
import { type Person, testApi } from './test-api.js';

const RUN = 'query ($id: ID!) { courseRun(id: $id) { id } }';
const ADD_ROOM = 'mutation ($input: AddRoomInput!) { addRoom(input: $input) { __typename } }';
const WITHDRAW = 'mutation ($input: WithdrawEnrolmentInput!) { withdrawEnrolment(input: $input) { __typename } }';
const FOLLOW = 'subscription ($id: ID!) { documentProgress(id: $id) { id } }';

describe('who is turned away', () => {
  const api = testApi({ jobs: 0 });
  const own = new Stage(api, 'own');
  const foreign = new Stage(api, 'foreign');
  let manager: Person;
  let foreignRunId: string;

  beforeAll(async () => {
    // Statements are compared: the process does not tell the others how many calls it has counted.
    await api.app.get(Rates).stop();
    await own.set();
    await foreign.set();
    foreignRunId = (await foreign.run()).id;
    manager = await own.person(Role.INSTITUTE_MANAGER);
  }, 60_000);

  /** What a piece of work adds to the trail about denials. */
  const noted = async (work: () => Promise<unknown>) => {
    const all = () =>
      api.backend.database.read((tx) =>
        tx.repo(BusinessEvent).find({ where: { name: AccessDenied.name }, order: { id: 'ASC' } }),
      );
    const before = (await all()).length;
    await work();
    return (await all()).slice(before);
  };

  it('finds nothing behind the id of another institute, of what was removed and of what never was: alike to the byte', async () => {
    const room = await api.backend.database.write(SYSTEM, (tx) =>
      tx.insert(Room, { instituteId: own.place.institute.id, name: 'gone', capacity: 9 }),
    );
    await api.backend.database.write(SYSTEM, (tx) => tx.remove(Room, { id: room.id }));
    const log = new StatementLog();
    const answers: string[] = [];
    const statements: string[][] = [];
    const rows = await noted(async () => {
      for (const id of [foreignRunId, room.id, newId()]) {
        api.backend.dataSource.logger = log;
        log.statements = [];
        answers.push(await (await manager.send(RUN, { id })).text());
        statements.push([...log.statements]);
      }
    });
    expect(answers[0]).toContain('NOT_FOUND');
    expect(new Set(answers).size).toBe(1);
    // The same questions to the database: none of them asks why.
    expect([statements[1], statements[2]]).toEqual([statements[0], statements[0]]);
    expect(rows).toHaveLength(3);
    const said = { operation: 'courseRun', code: 'NOT_FOUND', network: null, times: 1 };
    for (const { payload } of rows) expect(payload).toMatchObject(said);
    expect(new Set(rows.map(({ payload }) => payload.targets)).size).toBe(3);
    expect(JSON.stringify(rows)).not.toContain(foreignRunId);
    expect(new Set(rows.map(({ by }) => by)).size).toBe(1);
  });

  it('asks the database as much about the seat of another institute as about one that never was', async () => {
    const [seat] = await newEnrolments(foreign.tables, await foreign.run(), 1);
    const log = new StatementLog();
    api.backend.dataSource.logger = log;
    const asked: string[][] = [];
    for (const enrolmentId of [seat?.id, newId()]) {
      log.statements = [];
      expect((await manager.ask(WITHDRAW, { input: { enrolmentId } })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
      asked.push([...log.statements]);
    }
    expect(asked[0]).toEqual(asked[1]);
  });

  it('16.3 is on record with a change that a role may not try, which leaves nothing else', async () => {
    const input = { instituteId: own.place.institute.id, name: 'new', capacity: 9 };
    const rows = await noted(async () => {
      const { errors } = await manager.ask(ADD_ROOM, { input });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    });
    expect(rows).toMatchObject([
      { provinceCode: own.place.institute.provinceCode, payload: { operation: 'addRoom', code: 'FORBIDDEN' } },
    ]);
  });

  it('of a branch is on record in its own trail, and nothing of it in that of the province', async () => {
    const caseWorker = await own.person(Role.CASE_WORKER);
    const id = newId();
    const GIVE = 'mutation ($input: GiveSeatInput!) { giveSeat(input: $input) { __typename } }';
    const rows = await noted(async () => {
      await caseWorker.ask(GIVE, { input: { referralId: id, runId: foreignRunId } });
      await caseWorker.ask(RUN, { id: foreignRunId });
      // Whoever reads the trail and is denied the same id on purpose finds no row like theirs.
      await manager.ask(RUN, { id: foreignRunId });
    });
    expect(rows.map(({ payload }) => payload.operation)).toEqual(['giveSeat', 'courseRun', 'courseRun']);
    const [gave, looked, byManager] = rows;
    for (const row of [gave, looked]) expect(row?.provinceCode).toMatch(/^[A-Z][0-9A-Z]$/);
    expect(gave?.provinceCode).toBe(looked?.provinceCode);
    expect(byManager?.provinceCode).toBe(own.place.institute.provinceCode);
    const [given = [], seen = [], asManager = []] = rows.map(({ payload }) => String(payload.targets).split(' '));
    expect([given.length, seen.length, asManager.length]).toEqual([2, 1, 1]);
    expect(given).toContain(seen[0]);
    expect(given).not.toContain(asManager[0]);
    const readable = JSON.stringify(rows);
    for (const known of [id, foreignRunId]) expect(readable).not.toContain(known);
  });

  it('is on record behind a web socket and at a download too', async () => {
    const rows = await noted(async () => {
      await expect(manager.follow(FOLLOW, { id: newId() })).rejects.toThrow('NOT_FOUND');
      expect((await manager.get(`/documents/${newId()}?until=1&signature=x`)).status).toBe(404);
    });
    expect(rows.map(({ payload }) => [payload.operation, payload.code])).toEqual([
      ['documentProgress', 'NOT_FOUND'],
      ['GET /documents/:id', 'NOT_FOUND'],
    ]);
  });

  it('is a row and a count when nobody has signed in, however often they come', async () => {
    const rows = await noted(async () => {
      for (let n = 0; n < 30; n++) await api.nobody.ask(RUN, { id: randomBytes(8).toString('hex') });
      await api.app.get(Denials, { strict: false }).flush();
    });
    expect(rows.map(({ by, payload }) => [by, payload.operation, payload.code, payload.times])).toEqual([
      ['nobody', 'courseRun', 'UNAUTHENTICATED', 1],
      ['nobody', 'courseRun', 'UNAUTHENTICATED', 29],
    ]);
    expect(rows[0]?.payload.network).toBe(rows[1]?.payload.network);
  });
});
