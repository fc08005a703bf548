import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { buildSchema, getNamedType, type GraphQLField, type GraphQLObjectType, isUnionType } from 'graphql';
import { MoreThan } from 'typeorm';
import { AccessDenied, Denials, Role } from '@app/access';
import {
  BusinessEvent,
  Forbidden,
  isEmbedded,
  newId,
  NOBODY,
  NotFound,
  projectRoot,
  Rates,
  Reads,
  SYSTEM,
  Tx,
} from '@app/platform';
import { StatementLog } from '@app/testing';
import { Room, Trainee, TrainerAppointment } from '@app/training';
import { recipes } from './double-click-recipes.js';
import { everything, fieldsTold } from './example-operation.js';
import { recipes as readRecipes } from './reads-recipes.js';
import { type Caller, reaches, type Relation, relations, rights, toldOf } from './rights.js';
import { Stage } from './stage.js';
import { type Person, testApi } from './test-api.js';

const schema = buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8'));
type Field = GraphQLField<unknown, unknown>;
type Values = Record<string, unknown>;

interface Operation {
  /** `Query.courseRun` */
  name: string;
  kind: 'query' | 'mutation' | 'subscription';
  field: Field;
}
const operations: Operation[] = (['query', 'mutation', 'subscription'] as const).flatMap((kind) => {
  const root = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[kind];
  return Object.values(root?.getFields() ?? {}).map((field) => ({ name: `${root?.name}.${field.name}`, kind, field }));
});
for (const name of Object.keys(reaches)) {
  const [plain, more] = name.split(' ');
  const operation = operations.find((one) => one.name === plain);
  if (operation && more) operations.push({ ...operation, name });
}
const callers: Caller[] = ['NOBODY', ...Object.values(Role)];
const SHUT = ['FORBIDDEN', 'UNAUTHENTICATED'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{17,22}$/;

/** Operations that are asked about what another's recipe makes. */
const MADE_BY: Record<string, string> = {
  storedDocument: 'openDocument',
  documentProgress: 'openDocument',
  certificateBatchProgress: 'certificateBatch',
  classListImportProgress: 'classListImport',
};
/** Where a recipe makes more than one kind of thing, or the same only once; and ids that a recipe leaves out. */
const SPECIAL: Record<string, (stage: Stage, by?: Person) => object | Promise<object>> = {
  'Query.institute': ({ place }) => ({ id: place.institute.id }),
  'Query.courseRuns filter.instituteId': async (stage) => {
    await stage.run();
    return { filter: { instituteId: stage.place.institute.id } };
  },
  'Mutation.inviteUser': ({ place }) => ({ input: { role: 'INSTITUTE_MANAGER', instituteId: place.institute.id } }),
  'Mutation.inviteUser trainerId': ({ place }) => ({ input: { role: 'TRAINER', trainerId: place.trainer.id } }),
  'Mutation.setClosedWeekdays officeId': (stage) => ({
    input: { officeId: stage.place.county.id, weekdays: [(stage.next('closed') % 7) + 1] },
  }),
  'Mutation.draftCertificateTemplate emblemUploadId': async (stage, by) => {
    const caller = by ?? (await stage.person(Role.PROVINCIAL_OFFICER));
    const emblemUploadId = await caller.upload('emblem.png', PIXEL);
    return { input: { design: 'SOBER', title: 'گواهینامه', emblemUploadId } };
  },
  'Mutation.draftCertificateTemplate emblemOfId': async (stage, by) => {
    const caller = by ?? (await stage.person(Role.PROVINCIAL_OFFICER));
    const { draftCertificateTemplate } = await caller.do<{ draftCertificateTemplate: { id: string } }>(
      `mutation ($input: DraftCertificateTemplateInput!) {
        draftCertificateTemplate(input: $input) { ... on CertificateTemplate { id } } }`,
      { input: { design: 'SOBER', title: 'گواهینامه' } },
    );
    return { input: { design: 'SOBER', title: 'گواهینامه', emblemOfId: draftCertificateTemplate.id } };
  },
  'Mutation.createToken': (stage) => ({
    input: { name: `گزارش ${stage.next('token')}`, scopes: ['viewer'], days: 1 },
  }),
  'Mutation.orderPaper': async (stage) => ({
    input: { runId: (await stage.run()).id, kind: 'LETTER_OF_THANKS', letter: { addressee: 'INSTITUTE' } },
  }),
};
/** A picture of one point. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** Ids in an input or an answer, each once. */
function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return UUID.test(value) ? [value] : [];
  if (!value || typeof value !== 'object') return [];
  return [...new Set(Object.values(value).flatMap(idsIn))];
}
/** The same input about something else. */
function withIds(value: unknown, other: (id: string) => string): unknown {
  if (typeof value === 'string') return UUID.test(value) ? other(value) : value;
  if (Array.isArray(value)) return value.map((part) => withIds(part, other));
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withIds(part, other)]));
}

/** An operation that asks for everything there is to be told. */
function textOf({ kind, field: { name, args, type } }: Operation, values: Values): string {
  const used = args.filter((arg) => arg.name in values);
  const declared = used.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = used.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const named = getNamedType(type);
  // A reason may be of one type in one member and of another in the next.
  const member = (one: GraphQLObjectType) =>
    `... on ${one.name} ${one.name.endsWith('Refused') ? '{ refusal: reason }' : everything(one)}`;
  const members = isUnionType(named) ? `{ __typename ${named.getTypes().map(member).join(' ')} }` : everything(named);
  return `${kind} ${declared && `(${declared})`} { ${name}${passed && `(${passed})`} ${members} }`;
}

/** Tables of what belongs to an institute, and how to find it there. */
const OF_AN_INSTITUTE = [
  'SELECT id FROM institute WHERE id = ?',
  'SELECT id FROM room WHERE instituteId = ?',
  'SELECT id FROM course_run WHERE instituteId = ?',
  'SELECT s.id FROM session s JOIN course_run r ON r.id = s.runId WHERE r.instituteId = ?',
  'SELECT e.id FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE r.instituteId = ?',
  'SELECT e.traineeId AS id FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE r.instituteId = ?',
  'SELECT c.id FROM certificate c JOIN course_run r ON r.id = c.runId WHERE r.instituteId = ?',
];
/** What is a graduate's own, wherever it was. */
const OF_A_GRADUATE = [
  'SELECT id FROM trainee WHERE id = ?',
  'SELECT id FROM enrolment WHERE traineeId = ?',
  'SELECT c.id FROM certificate c JOIN enrolment e ON e.id = c.enrolmentId WHERE e.traineeId = ?',
];

describe('the matrix of rights: operation and field, caller, relation', () => {
  const api = testApi({ jobs: 0 });
  const own = new Stage(api, 'own');
  const stages = {
    own,
    sibling: new Stage(api, 'sibling'),
    parent: new Stage(api, 'parent'),
    foreign: new Stage(api, 'foreign'),
    deleted: own,
  };
  const people = new Map<Caller, Person>();
  const log = new StatementLog();
  const counted = { operations: 0, fields: 0, denied: 0, anonymous: 0 };
  /** What was told to those who may. */
  const toldTo: { cell: string; caller: Caller; ids: string[]; text: string }[] = [];

  beforeAll(async () => {
    await own.set();
    await stages.sibling.set({ beside: own.place });
    await stages.parent.set();
    await stages.foreign.set({ provinceCode: '16' });
    for (const caller of callers) people.set(caller, caller === 'NOBODY' ? api.nobody : await own.person(Role[caller]));
    // A trainer who also teaches at the own institute and in another county: each sees the own side of that only.
    const { trainer } = stages.sibling.place;
    await api.backend.database.write(SYSTEM, (tx) =>
      tx.insertAll(
        TrainerAppointment,
        [own, stages.parent].map(({ place }) => ({
          ...{ trainerId: trainer.id, instituteId: place.institute.id, standardId: place.standard.id },
          ...{ startsOn: '2024-03-20', endsOn: '2029-03-19' },
        })),
      ),
    );
    // No count of calls is written beside them.
    await api.app.get(Rates).stop();
    api.backend.dataSource.logger = log;
  }, 120_000);

  const query = <R>(sql: string, values: unknown[] = []) => api.backend.database.read((tx) => tx.query<R>(sql, values));
  let newest = '';
  /** The denials of those who have signed in that were put on record since this was asked last; others are counted. */
  const newDenials = async () => {
    const rows = await api.backend.database.read((tx) =>
      tx.repo(BusinessEvent).find({
        where: { id: MoreThan(newest), name: AccessDenied.name },
        select: { id: true, by: true },
        order: { id: 'ASC' },
      }),
    );
    newest = rows.at(-1)?.id ?? newest;
    return rows.filter(({ by }) => by !== NOBODY.userId).length;
  };

  /** Every row of every table, but the denials on record and when a session was last seen. */
  const allRows = async () => {
    const hash = createHash('sha256');
    for (const { tableName } of api.backend.dataSource.entityMetadatas) {
      if (tableName === 'rate_window') continue;
      const what =
        tableName === 'business_event'
          ? `COUNT(*) FROM business_event WHERE name <> '${AccessDenied.name}'`
          : `* FROM ${tableName}`;
      const rows = await query(`SELECT ${what}`);
      hash.update(JSON.stringify(rows, (column, value: unknown) => (column === 'lastSeenAt' ? null : value)));
    }
    return hash.digest('hex');
  };

  /** What an operation is given when it is about something at that stage, made there by somebody who may. */
  const valuesFor = async ({ name, field }: Operation, stage: Stage, by?: Person): Promise<Values> => {
    const special = SPECIAL[name];
    if (special) return (await special(stage, by)) as Values;
    const source = MADE_BY[field.name] ?? field.name;
    const [recipe, read] = [recipes[source], readRecipes[source]];
    const maker = by ?? (await makerAt(name, stage));
    const values = recipe ? await recipe.variables(stage, maker) : await read?.make(stage, 1, maker);
    return (values ?? {}) as Values;
  };
  const roleOf = (name: string) => {
    const field = name.split(/[. ]/)[1] ?? '';
    const source = MADE_BY[field] ?? field;
    return recipes[source]?.by ?? readRecipes[source]?.by;
  };
  const makerAt = async (name: string, stage: Stage, isOther = false): Promise<Person> => {
    const role = roleOf(name);
    return !role ? api.nobody : isOther ? stage.other(role) : stage.person(role);
  };

  interface Told {
    text: string;
    code: string;
    data: unknown;
  }
  const ask = async (operation: Operation, person: Person, values: Values): Promise<Told> => {
    const text = textOf(operation, values);
    if (operation.kind === 'subscription') {
      const said = await person.follow(text, values).catch((error: Error) => error.message);
      if (typeof said !== 'string') return { text: JSON.stringify(said), code: '', data: said };
      return { text: said, code: /"code":"([A-Z_]+)"/.exec(said)?.[1] ?? said, data: null };
    }
    const response = await person.send(text, values);
    const answer = await response.text();
    const { data, errors } = JSON.parse(answer) as {
      data?: Values | null;
      errors?: { extensions: { code: string } }[];
    };
    const code = errors?.[0]?.extensions.code ?? '';
    return { text: `${response.status} ${answer.trim()}`, code, data: data?.[operation.field.name] ?? null };
  };

  /** Removes what was made for an operation; what others stand on too is named by an id that was removed. */
  const removed = async (values: Values): Promise<Values> => {
    const standing = new Set(idsIn(own.place));
    const ids = idsIn(values).filter((id) => !standing.has(id));
    const room = await api.backend.database.write(SYSTEM, (tx) =>
      tx.insert(Room, { instituteId: own.place.institute.id, name: newId(), capacity: 9 }),
    );
    const gone = [...ids, room.id];
    const runner = api.backend.dataSource.createQueryRunner();
    const embedded = isEmbedded(api.backend.dataSource);
    await runner.query(embedded ? 'PRAGMA foreign_keys = OFF' : 'SET FOREIGN_KEY_CHECKS = 0');
    for (const { tableName, columns } of api.backend.dataSource.entityMetadatas)
      if (tableName !== 'business_event' && columns.some(({ propertyName }) => propertyName === 'id'))
        await runner.query(`DELETE FROM ${tableName} WHERE id IN (${gone.map(() => '?').join()})`, gone);
    await runner.query(`DELETE FROM role_grant WHERE userId IN (${gone.map(() => '?').join()})`, gone);
    await runner.query(embedded ? 'PRAGMA foreign_keys = ON' : 'SET FOREIGN_KEY_CHECKS = 1');
    await runner.release();
    return withIds(values, (id) => (standing.has(id) ? room.id : id)) as Values;
  };

  /** One operation asked by everyone about everything; what is not as the table says. */
  const deviationsOf = async (operation: Operation): Promise<string[]> => {
    const { name, kind, field } = operation;
    const right = rights[name.split(' ')[0] ?? ''];
    const reach = reaches[name];
    const wrong: string[] = [];
    const ownValues = await valuesFor(operation, own);
    const hasId = idsIn(ownValues).length > 0;
    if (hasId && !reach) return [`${name} is given an id: say in rights.ts, in "reaches", who reaches what it names`];
    const mayTry = (caller: Caller) => right?.includes(caller) ?? false;
    const reachedBy = (caller: Caller, relation: Relation) =>
      mayTry(caller) && (!hasId || (reach?.[caller]?.includes(relation) ?? false));
    const asked = hasId ? relations : (['own'] as const);
    const values = new Map<Relation, Values>([['own', ownValues]]);
    if (hasId) {
      for (const relation of ['sibling', 'parent', 'foreign'] as const)
        values.set(relation, await valuesFor(operation, stages[relation]));
      const maker = await makerAt(name, own, true);
      values.set('deleted', await removed(await valuesFor(operation, own, maker)));
    }

    const before = await allRows();
    for (const caller of callers) {
      const person = people.get(caller) as Person;
      const unknown = hasId ? await ask(operation, person, withIds(ownValues, () => newId()) as Values) : null;
      if (caller === 'NOBODY' && unknown?.code) counted.anonymous++;
      for (const relation of asked) {
        if (reachedBy(caller, relation)) continue;
        counted.denied++;
        const cell = `${name} ${caller} ${relation}`;
        await newDenials();
        log.statements = [];
        const told = await ask(operation, person, values.get(relation) as Values);
        const writes = log.statements.filter(
          (text) => /^\s*(INSERT|UPDATE|DELETE|REPLACE)/i.test(text) && !/business_event|lastSeenAt/.test(text),
        );
        const say = (what: string) => wrong.push(`${cell}: ${what}`.slice(0, 700));
        if (unknown && unknown.text !== told.text) say(`${told.text} where an unknown id is told ${unknown.text}`);
        if (idsIn(told.data).length > 0) say(`is told ${JSON.stringify(told.data)}`);
        if (writes.length > 0) say(`writes ${writes.join('; ')}`);
        if (!mayTry(caller) && !SHUT.includes(told.code)) say(`may try it: ${told.text}`);
        if (told.code && ![...SHUT, 'NOT_FOUND'].includes(told.code)) say(`fails by ${told.text}`);
        const rows = await newDenials();
        if (caller === 'NOBODY') counted.anonymous += told.code ? 1 : 0;
        else if (rows !== (told.code ? 1 : 0)) say(`${rows} rows of the denial ${told.code}`);
      }
    }
    if ((await allRows()) !== before) wrong.push(`${name}: a denied call has changed a row`);

    // Those who may: each about something new.
    const source = recipes[field.name];
    const goesWell = kind === 'query' || (kind === 'mutation' && source?.by && !source.endsSession && !source.device);
    if (goesWell)
      for (const caller of callers)
        for (const relation of asked) {
          if (!reachedBy(caller, relation)) continue;
          const person = people.get(caller) as Person;
          const given =
            kind === 'mutation' ? await valuesBy(operation, stages[relation], person) : values.get(relation);
          const { code, text, data } = await ask(operation, person, given as Values);
          if (code) wrong.push(`${name} ${caller} ${relation}: does not reach it: ${text}`.slice(0, 700));
          if (hasId && kind !== 'mutation' && idsIn(data).length + JSON.stringify(data).length < 10)
            wrong.push(`${name} ${caller} ${relation}: is told nothing: ${text}`.slice(0, 700));
          toldTo.push({ cell: `${name} ${caller} ${relation}`, caller, ids: idsIn(data), text });
        }

    // Of several ids each by itself: the others are the caller's own.
    const maker = await makerAt(name, own);
    const [ownIds, foreignIds] = [idsIn(ownValues), idsIn(values.get('foreign'))];
    if (kind !== 'subscription' && ownIds.length > 1 && ownIds.length === foreignIds.length) {
      const fresh = await valuesFor(operation, own);
      const freshIds = idsIn(fresh);
      for (const [at, one] of freshIds.entries()) {
        if (one === own.place.standard.id) continue;
        counted.operations++;
        const put = (other: string | undefined) => withIds(fresh, (id) => (id === one ? (other ?? id) : id)) as Values;
        const [foreign, unknown] = [
          await ask(operation, maker, put(foreignIds[at])),
          await ask(operation, maker, put(newId())),
        ];
        if (foreign.text !== unknown.text)
          wrong.push(
            `${name}, id ${at + 1} of another place: ${foreign.text} where an unknown one is told ${unknown.text}`,
          );
      }
    }
    const cells = callers.length * asked.length;
    counted.operations += cells;
    counted.fields += cells * fieldsTold(getNamedType(field.type)).size;
    return wrong;
  };
  const valuesBy = (operation: Operation, stage: Stage, person: Person) =>
    valuesFor(operation, stage, person).catch(() => valuesFor(operation, stage));

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    '8.2.1 8.2.2 8.2.3 8.4.1 holds for %s',
    async (_, operation) => {
      expect(await deviationsOf(operation)).toEqual([]);
    },
  );

  it('tells nobody of a place they do not reach, however it hangs on what they see', async () => {
    const leaks: string[] = [];
    const territory = new Map<Relation, Set<string>>();
    for (const relation of ['own', 'sibling', 'parent', 'foreign'] as const) {
      const { institute } = stages[relation].place;
      const rows = await Promise.all(OF_AN_INSTITUTE.map((sql) => query<{ id: string }>(sql, [institute.id])));
      territory.set(relation, new Set(rows.flat().map(({ id }) => id)));
    }
    const graduates = await Promise.all(OF_A_GRADUATE.map((sql) => query<{ id: string }>(sql, [own.graduateId])));
    const ofTheGraduate = new Set(graduates.flat().map(({ id }) => id));
    for (const { cell, caller, ids } of toldTo)
      for (const [relation, things] of territory)
        if (!toldOf[caller]?.includes(relation))
          for (const id of ids)
            if (things.has(id) && !(caller === Role.GRADUATE && ofTheGraduate.has(id)))
              leaks.push(`${cell}: is told ${id} of the ${relation} place`);
    expect(leaks).toEqual([]);
    expect(toldTo.length).toBeGreaterThan(150);
  });

  it('tells nobody a whole national ID or number but to whom it is revealed', async () => {
    const people = await api.backend.database.read((tx) => tx.repo(Trainee).find());
    const whole = people.flatMap(({ nationalId, mobile }) => [nationalId, mobile ?? nationalId]);
    const telling = toldTo.filter(({ text }) => whole.some((value) => text.includes(value)));
    expect([...new Set(telling.map(({ cell }) => cell.split(' ')[0]))]).toEqual(['Mutation.revealPerson']);
  });

  it('has every denial of those who did not sign in on record, counted', async () => {
    await api.app.get(Denials, { strict: false }).flush();
    const rows = await api.backend.database.read((tx) =>
      tx.repo(BusinessEvent).findBy({ name: AccessDenied.name, by: NOBODY.userId }),
    );
    const noted = rows.reduce((sum, { payload }) => sum + Number(payload.times), 0);
    expect(noted).toBe(counted.anonymous);
    expect(rows.length).toBeLessThan(noted / 2);
    const { operations: all, fields, denied } = counted;
    process.stdout.write(`matrix: ${all} cells of operations, ${fields} of fields; ${denied} calls denied\n`);
    expect(all).toBeGreaterThan(3000);
  });

  describe('finds (the controls)', () => {
    const named = (name: string) => operations.find((one) => one.name === name) as Operation;
    afterEach(() => void jest.restoreAllMocks());
    type Get = (entity: new () => object, where: Values) => Promise<object>;
    const bounds = ['path', 'officeId', 'trainerId', 'provinceCode'];
    const withoutBounds = (where: Values) =>
      Object.fromEntries(Object.entries(where).filter(([column]) => !bounds.includes(column)));
    /** Policies bound nothing any more. */
    const looseWhere = (
      instead: (entity: new () => object, where: Values, real: Get, self: Reads) => Promise<object>,
    ) => {
      for (const [type, method] of [
        [Reads.prototype, 'get'],
        [Tx.prototype, 'lock'],
      ] as const) {
        const real = (type as unknown as Record<string, Get>)[method] as Get;
        jest.spyOn(type as unknown as Record<string, Get>, method).mockImplementation(function (
          this: Reads,
          entity,
          where,
        ) {
          return instead(entity, where, real, this);
        });
      }
    };

    it('a door that is left open', async () => {
      const handler = handlerOf('sessionLimits');
      const [key] = Reflect.getMetadataKeys(handler).filter((one) => String(one).includes('who may call')) as [symbol];
      const before: unknown = Reflect.getMetadata(key, handler);
      Reflect.defineMetadata(key, ['SIGNED_IN'], handler);
      const wrong = await deviationsOf(named('Query.sessionLimits'));
      Reflect.defineMetadata(key, before, handler);
      expect(wrong.filter((line) => line.includes('may try it'))).toHaveLength(10);
    });

    const handlerOf = (operation: string): object => {
      for (const { providers } of api.app.get(ModulesContainer).values())
        for (const { metatype } of providers.values()) {
          const method = (metatype as { prototype?: Record<string, object> } | null)?.prototype?.[operation];
          if (method && Reflect.hasMetadata('graphql:resolver_type', method)) return method;
        }
      throw new Error(`no ${operation}`);
    };

    it.each(['Query.storedDocument', 'Mutation.addRoom'])('a where that bounds nothing: %s', async (name) => {
      looseWhere((entity, where, real, self) => real.call(self, entity, withoutBounds(where)));
      const wrong = await deviationsOf(named(name));
      expect(wrong.filter((line) => line.includes('where an unknown id is told')).length).toBeGreaterThan(1);
    });

    it('an answer that says that there is such a thing', async () => {
      looseWhere(async (entity, where, real, self) => {
        try {
          return await real.call(self, entity, where);
        } catch (error) {
          await real.call(self, entity, withoutBounds(where));
          throw error instanceof NotFound ? new Forbidden() : error;
        }
      });
      const wrong = await deviationsOf(named('Mutation.addRoom'));
      expect(wrong.some((line) => /FORBIDDEN.*where an unknown id is told.*NOT_FOUND/.test(line))).toBe(true);
    });

    it('a denial that is not on record', async () => {
      jest.spyOn(Denials.prototype, 'note').mockResolvedValue();
      const wrong = await deviationsOf(named('Query.courseRun'));
      expect(wrong.filter((line) => line.includes('0 rows of the denial')).length).toBeGreaterThan(20);
    });

    it('a denied call that leaves a row behind', async () => {
      jest.spyOn(Denials.prototype, 'note').mockImplementation(async () => {
        await api.backend.database.write(SYSTEM, (tx) =>
          tx.insert(Room, { instituteId: own.place.institute.id, name: newId(), capacity: 9 }),
        );
      });
      const wrong = await deviationsOf(named('Query.courseRun'));
      expect(wrong).toContain('Query.courseRun: a denied call has changed a row');
      expect(wrong.filter((line) => line.includes('writes INSERT')).length).toBeGreaterThan(20);
    });
  });
});
