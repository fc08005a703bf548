import { describe, expect, it } from '@jest/globals';
import { type Actor, Role } from '@app/access';
import { spokenCode } from '@app/persian';
import { IdempotencyKey, asCall, newId, SYSTEM } from '@app/platform';
import { newEnrolments, newPlace, newRun, TestClock, testDatabase } from '@app/testing';
import { CourseRun, CourseRunStatus } from '../course-run/course-run.entity.js';
import { Enrolment, EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { SeatToken } from './seat-token.entity.js';
import { SeatRefusal as Refusal, refuseSettling } from './seat.rules.js';
import { SeatTokens } from './seat-tokens.service.js';

type Officer = Extract<Actor, { role: Role.COUNTY_OFFICER }>;

describe('the rules of settling', () => {
  const { APPROVED, RUNNING, FINISHED } = CourseRunStatus;
  const { ENROLLED, WITHDRAWN } = EnrolmentStatus;
  it.each([
    ['an open run', APPROVED, ENROLLED, false, null],
    ['a running one', RUNNING, ENROLLED, false, null],
    ['a run that is over', FINISHED, ENROLLED, false, Refusal.RUN_OVER],
    ['one who left a run that is over', FINISHED, WITHDRAWN, false, Refusal.RUN_OVER],
    ['one who left', APPROVED, WITHDRAWN, false, Refusal.NOT_ENROLLED],
    ['a seat that is settled', APPROVED, ENROLLED, true, Refusal.ALREADY_SETTLED],
  ])('%s', (_, runStatus, status, settled, refusal) => {
    expect(refuseSettling({ status: runStatus }, { status, settled })).toBe(refusal);
  });
});

describe('settling a seat', () => {
  const db = testDatabase(new TestClock('2026-11-21'));
  const tokens = () => new SeatTokens(db.database, db.keys);
  const scene = async (people = 1) => {
    const place = await newPlace(db);
    const run = await newRun(db, place);
    return { place, run, officer: place.officer as Officer, enrolments: await newEnrolments(db, run, people) };
  };
  const enrolment = (id: string) => db.database.read((tx) => tx.get(Enrolment, { id }));
  const settle = (actor: Actor, enrolmentId: string | undefined, code: string) =>
    tokens().settle(actor, { enrolmentId: enrolmentId ?? '', code });

  it('takes a token once, as it is told, in any digits, and leaves nothing of it', async () => {
    const { place, run, officer, enrolments } = await scene(2);
    const { code } = await tokens().giveByOffice(officer, run.id);
    expect(await db.count(SeatToken, { runId: run.id })).toBe(1);
    const typed = code.toLowerCase().replace(/(.{4})/g, '$1-');
    await settle(place.manager, enrolments[0]?.id, typed);
    expect((await enrolment(enrolments[0]?.id ?? '')).settled).toBe(true);
    expect(await db.count(SeatToken, { runId: run.id })).toBe(0);
    await expect(settle(place.manager, enrolments[1]?.id, code)).rejects.toThrow(Refusal.TOKEN_UNKNOWN);
    expect((await enrolment(enrolments[1]?.id ?? '')).settled).toBe(false);
    expect(await db.events('SeatSettled')).toEqual([{ runId: run.id, enrolmentId: enrolments[0]?.id }]);
  });

  it('knows no token that is mistyped, of another run, taken back, or never given: in one word', async () => {
    const { place, run, officer, enrolments } = await scene();
    const other = await newRun(db, place);
    const { code } = await tokens().giveByOffice(officer, run.id);
    const { code: elsewhere } = await tokens().giveByOffice(officer, other.id);
    const { code: lost } = await tokens().giveByOffice(officer, run.id);
    await tokens().takeBackByOffice(officer, { code: lost });
    const mistyped = (code[0] === '7' ? '8' : '7') + code.slice(1);
    for (const wrong of [mistyped, elsewhere, lost, spokenCode(Buffer.alloc(10, 7)), '', 'سلام'])
      await expect(settle(place.manager, enrolments[0]?.id, wrong)).rejects.toThrow(Refusal.TOKEN_UNKNOWN);
    await expect(tokens().takeBackByOffice(officer, { code: lost })).rejects.toThrow(Refusal.TOKEN_UNKNOWN);
    expect(await db.count(SeatToken, { runId: run.id })).toBe(1);
  });

  it('is for who enrols into the run, and tokens are given by its own office alone', async () => {
    const [own, foreign] = [await scene(), await scene()];
    const { code } = await tokens().giveByOffice(own.officer, own.run.id);
    await expect(settle(foreign.place.manager, own.enrolments[0]?.id, code)).rejects.toThrow('Not found');
    await expect(settle(own.place.teacher, own.enrolments[0]?.id, code)).rejects.toThrow('Not allowed');
    await expect(tokens().giveByOffice(foreign.officer, own.run.id)).rejects.toThrow('Not found');
    await expect(tokens().takeBackByOffice(foreign.officer, { code })).rejects.toThrow(Refusal.TOKEN_UNKNOWN);
    await settle(own.officer, own.enrolments[0]?.id, code);
  });

  it('ends with the run, for everyone on the same day', async () => {
    const { place, run, officer, enrolments } = await scene();
    const { code } = await tokens().giveByOffice(officer, run.id);
    await db.database.write(SYSTEM, (tx) => tx.update(CourseRun, { id: run.id }, { status: CourseRunStatus.FINISHED }));
    await expect(settle(place.manager, enrolments[0]?.id, code)).rejects.toThrow(Refusal.RUN_OVER);
    await expect(tokens().giveByOffice(officer, run.id)).rejects.toThrow(Refusal.RUN_OVER);
  });

  it('takes one token once, however many hand it in at the same time', async () => {
    const { place, run, officer, enrolments } = await scene(8);
    const { code } = await tokens().giveByOffice(officer, run.id);
    const answers = await Promise.allSettled(enrolments.map(({ id }) => settle(place.manager, id, code)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await db.count(Enrolment, { runId: run.id, settled: true })).toBe(1);
  });

  it('asks the same of the database for every seat, whoever gave the token', async () => {
    const { place, run, officer, enrolments } = await scene(2);
    const byOffice = (await tokens().giveByOffice(officer, run.id)).code;
    const fromOutside = (
      await db.database.write(SYSTEM, (tx) => tokens().give(tx, { provinceCode: run.provinceCode }, run.id))
    ).code;
    const asked = async (enrolmentId: string | undefined, code: string) => {
      const before = db.statements.statements.length;
      await settle(place.manager, enrolmentId, code);
      return db.statements.statements.slice(before);
    };
    const first = await asked(enrolments[0]?.id, byOffice);
    expect(await asked(enrolments[1]?.id, fromOutside)).toEqual(first);
  });

  it('puts on record that the office gave and took back, and not of which run', async () => {
    const { run, officer } = await scene();
    const { code } = await tokens().giveByOffice(officer, run.id);
    await tokens().takeBackByOffice(officer, { code });
    const said = [...(await db.events('SeatTokenGiven')), ...(await db.events('SeatTokenTakenBack'))];
    expect(said.length).toBeGreaterThan(1);
    expect(new Set(said.map((ids) => JSON.stringify(ids)))).toEqual(new Set(['{}']));
  });

  it('keeps no code under the key of the call, and no text from which one could be guessed', async () => {
    const { run, officer } = await scene();
    const { code } = await asCall(newId(), 'giveSeatToken', { runId: run.id }, () =>
      tokens().giveByOffice(officer, run.id),
    );
    const kept = await db.database.read((tx) => tx.repo(IdempotencyKey).find());
    expect(kept.map(({ answer }) => answer)).toEqual([null]);
    const hashes = ['a', 'b'].map((key) => asCall(key, 'x', { code }, (call) => call.bodyHash));
    expect(new Set(hashes).size).toBe(2);
  });
});
