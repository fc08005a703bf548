import { describe, expect, it } from '@jest/globals';
import { Role } from '@app/access';

import { DEMO_PASSWORD, fillInstallation } from '@app/backend';
import { loadReferenceData, Office } from '@app/training';
import { testApi } from './test-api.js';

const REGISTER = `mutation ($input: RegisterInstituteInput!) {
  registerInstitute(input: $input) {
    __typename
    ... on Institute { id name licenceExpiresOn closedWeekdaysInForce viewerCan office { nameEn viewerCan } }
    ... on InstituteRefused { reason }
  }
}`;
const input = {
  name: 'آموزشگاه یاس',
  licenceNumber: '12/۳۴',
  licenceType: 'ALEF',
  licensedFields: ['CARPET', 'FOOD'],
  licenceIssuedOn: '2026-01-01',
  licenceExpiresOn: '2031-01-01',
};

describe('the standing things over HTTP', () => {
  const api = testApi();

  it('are kept by the county, and only looked at by its institute', async () => {
    await loadReferenceData(api.backend.database);
    const office = await api.backend.database.read((tx) => tx.get(Office, { countyCode: '2603' }));
    const officer = await api.signedIn('county', {
      role: Role.COUNTY_OFFICER,
      provinceCode: '26',
      officeId: office.id,
    });

    const { registerInstitute: institute } = await officer.do<{ registerInstitute: { id: string } }>(REGISTER, {
      input,
    });
    expect(institute).toMatchObject({
      __typename: 'Institute',
      closedWeekdaysInForce: [5],
      viewerCan: ['RENEW_LICENCE', 'ADD_ROOM', 'APPOINT_TRAINER', 'SET_CLOSED_WEEKDAYS'],
      office: { nameEn: 'Training Office of Qazvin County', viewerCan: ['SET_CLOSED_WEEKDAYS'] },
    });
    expect(await officer.do(REGISTER, { input })).toEqual({
      registerInstitute: { __typename: 'InstituteRefused', reason: 'LICENCE_NUMBER_TAKEN' },
    });

    const manager = await api.signedIn('manager', {
      ...{ role: Role.INSTITUTE_MANAGER, provinceCode: '26' },
      ...{ officeId: office.id, instituteId: institute.id },
    });
    expect(await manager.do('{ institutes { items { name rooms { id } viewerCan } } }')).toEqual({
      institutes: { items: [{ name: 'آموزشگاه یاس', rooms: [], viewerCan: [] }] },
    });
    expect((await manager.ask(REGISTER, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await manager.do('{ holidays(from: "2026-03-21", to: "2026-03-21") { titleEn certainty } }')).toMatchObject({
      holidays: [{ certainty: 'FIXED' }, { certainty: 'PUBLISHED' }],
    });

    const administrator = await api.signedIn('administrator', { role: Role.ADMINISTRATOR });
    const filtered = '{ courseRuns(filter: { text: "گلیم", status: [APPROVED] }, first: 5) { items { id } } }';
    expect(await officer.do(filtered)).toEqual({ courseRuns: { items: [] } });
    for (const query of ['{ institutes { nextCursor } }', '{ trainers { nextCursor } }'])
      expect((await administrator.ask(query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('the demo province over HTTP', () => {
  const api = testApi();

  it('lets its county officer plan a course run for thirty weavers', async () => {
    await fillInstallation({ demo: true }, api.backend, api.app);
    const officer = await api.nobody.signIn('demo-county', DEMO_PASSWORD);
    const { institutes, standards } = await officer.do<Found>(
      '{ institutes(search: "نقش مينودر") { items { id rooms { id capacity } } } standards(search: "731899000000001") { items { id } } }',
    );
    const [{ id: instituteId, rooms } = { id: '', rooms: [] }] = institutes.items;
    const standardId = standards.items[0]?.id;
    const startsOn = api.backend.clock.today();
    const { trainers } = await officer.do<{ trainers: { items: { id: string }[] } }>(
      'query ($instituteId: ID, $standardId: ID, $on: Day) { trainers(instituteId: $instituteId, standardId: $standardId, on: $on) { items { id } } }',
      { instituteId, standardId, on: startsOn },
    );
    const input = {
      ...{ instituteId, standardId, startsOn, trainerId: trainers.items[0]?.id },
      roomId: rooms.find(({ capacity }) => capacity === 30)?.id,
      ...{ weekdays: [6, 1, 3], startMinute: 480, endMinute: 720, capacity: 30 },
    };
    expect(
      await officer.do(
        'query ($input: CourseRunInput!) { planCourseRun(input: $input) { plannedMinutes refused { reason } } }',
        { input },
      ),
    ).toEqual({ planCourseRun: { plannedMinutes: 450 * 60, refused: [] } });
  });
});

interface Found {
  institutes: { items: { id: string; rooms: { id: string; capacity: number }[] }[] };
  standards: { items: { id: string }[] };
}
