import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Actor, GraduateNumber, Role } from '@app/access';
import { maskNationalId } from '@app/persian';
import { newId, type Refused, SYSTEM } from '@app/platform';
import { newEnrolments, newNationalId, newPlace, newRun, TestClock, testDatabase, type TestPlace } from '@app/testing';
import { IdentityCheck } from '../mobile-change/mobile-change.entity.js';
import { TraineeRecords } from './trainee-record.service.js';
import { Trainee } from './trainee.entity.js';
import { birthDayIn, BirthDateRefusal } from './trainee.rules.js';
import { Trainees } from './trainee.service.js';

describe('a person at the desk of an office', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  let records: TraineeRecords;
  let place: TestPlace;
  let stranger: TestPlace;
  let enrolmentId: string;
  let person: Trainee;

  beforeAll(async () => {
    records = new TraineeRecords(db.database, clock, new Trainees(db.keys, clock));
    place = await newPlace(db);
    stranger = await newPlace(db);
  });
  beforeEach(async () => {
    const [enrolment] = await newEnrolments(db, await newRun(db, place), 1);
    enrolmentId = enrolment!.id;
    person = await db.database.read((tx) => tx.get(Trainee, { id: enrolment!.traineeId }));
  });
  const refusal = (answer: Promise<unknown>): Promise<string> =>
    answer.then(
      () => 'done',
      ({ reason, message }: Refused) => reason ?? message,
    );
  const withoutBirthDay = () =>
    db.database.write(SYSTEM, (tx) => tx.update(Trainee, { id: person.id }, { birthDay: null }));
  const record = (birthDay: string, actor: Actor = place.officer) =>
    records.recordBirthDate(actor, { enrolmentId, birthDay, identityCheck: IdentityCheck.NATIONAL_CARD });

  it('is found by the whole national ID, in any digits, and shown masked', async () => {
    const persian = person.nationalId.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]!);
    const found = await records.find(place.officer, persian);
    expect(found).toMatchObject({
      ...{ id: person.id, familyName: person.familyName, maskedNationalId: maskNationalId(person.nationalId) },
      ...{ birthDayKnown: true, signInShut: false, mobileChange: null },
    });
    expect(found.places.map((one) => one.enrolmentId)).toEqual([enrolmentId]);
    for (const hidden of [person.nationalId, person.birthDay!, person.mobile!])
      expect(JSON.stringify(found)).not.toContain(hidden);
  });

  it('is nobody to an office without a course run of theirs, as who never was', async () => {
    expect(await refusal(records.find(stranger.officer, person.nationalId))).toBe('Not found');
    expect(await refusal(records.find(place.officer, newNationalId()))).toBe('Not found');
    expect((await records.find(place.provincial, person.nationalId)).id).toBe(person.id);
    expect(() => records.find(place.officer, '1234567890')).toThrow('national ID');
  });

  it('without a birth date gets one, once, and nobody changes it', async () => {
    expect(await refusal(record('2001-03-21'))).toBe(BirthDateRefusal.KNOWN_ALREADY);
    await withoutBirthDay();
    expect((await records.find(place.officer, person.nationalId)).birthDayKnown).toBe(false);
    const answers = await Promise.all(['2001-03-21', '2002-03-21', '2003-03-21'].map((day) => refusal(record(day))));
    expect(answers.toSorted()).toEqual([BirthDateRefusal.KNOWN_ALREADY, BirthDateRefusal.KNOWN_ALREADY, 'done']);
    expect((await records.find(place.officer, person.nationalId)).birthDayKnown).toBe(true);
    expect((await db.events('BirthDateRecorded')).filter(({ traineeId }) => traineeId === person.id)).toEqual([
      { traineeId: person.id, identityCheck: 'NATIONAL_CARD' },
    ]);
  });

  it('is vouched for by the county of a course run of theirs alone', async () => {
    await withoutBirthDay();
    expect(await refusal(record('2001-03-21', stranger.officer))).toBe('Not found');
    for (const actor of [place.provincial, place.manager, { role: Role.NATIONAL_OFFICER, userId: newId() }] as Actor[])
      expect(await refusal(record('2001-03-21', actor))).toBe('Not allowed');
    expect(() => record('2026-11-21')).toThrow('birth date');
  });

  it('whose number is shut is told to be so', async () => {
    const shut = { id: person.mobileIndex!, wrongBirthDates: 5, shutAt: clock.now() };
    await db.database.write(SYSTEM, (tx) => tx.upsert(GraduateNumber, [shut], ['id']));
    expect((await records.find(place.officer, person.nationalId)).signInShut).toBe(true);
  });

  it.each([
    ['2026-11-20', true],
    ['2026-11-21', false],
    ['1906-01-01', true],
    ['1905-12-31', false],
  ])('is born on %s: %s', (day, expected) => expect(birthDayIn(day, '2026-11-21')).toBe(expected));
});
