// Certificates a second drawn by two threads, against one thread, as jobs give them out: blocks of 100, four at a time.
// By the clock, so the machine must have two cores and nothing else to do.
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mainOf } from '../../tooling/build.mjs';
import { elapsedMs, inParallel, lib, many, measure, newName, newNationalId } from './stage.mjs';

const PAPERS = 2000;
const BLOCK = 100;
const JOBS = 4;

const { Drawing } = await lib('documents');
const document = join(dirname(mainOf('api')), '../../../libs/certification/src/certificate/certificate.document.js');
const { drawCertificate } = await import(document);
const CERTIFICATE = { draw: drawCertificate, from: pathToFileURL(document) };
const pools = { one: new Drawing(1), two: new Drawing(2) };

function certificate(number) {
  const { givenName, familyName } = newName();
  const code = `7K3M-${String(number).padStart(4, '0')}-4B`;
  return {
    ...{ serial: `1405-ESF-${String(number).padStart(6, '0')}`, code, verifyUrl: `https://bench.example/v/${code}` },
    ...{ issuedOn: '2026-11-21', holderGivenName: givenName, holderFamilyName: familyName, fatherName: 'غلام‌رضا' },
    ...{ nationalId: newNationalId(), standardTitleFa: 'خیاطی مقدماتی', standardTitleEn: 'Introductory tailoring' },
    ...{ standardCode: '731899000000002', theoryMinutes: 5400, practiceMinutes: 21_600 },
    ...{ writtenMarkHundredths: 8250, practicalMarkHundredths: 9000, finalMarkHundredths: 5000 + (number % 5000) },
    ...{ gradeFa: 'خوب', examOn: '2026-11-14', startedOn: '2026-05-09', endedOn: '2026-11-12' },
    ...{ instituteName: 'آموزشگاه نقش جهان', officeName: 'اداره آموزش کاشان', watermark: null },
    provincialOfficeName: 'اداره کل آموزش فنی و حرفه‌ای استان اصفهان',
  };
}

/** Papers a second of a pool. */
async function speedOf(pool, blocks) {
  const ms = await elapsedMs(() =>
    inParallel(JOBS, blocks, async (models) => {
      for (const paper of pool.all(CERTIFICATE, models)) await paper;
    }),
  );
  return (PAPERS / ms) * 1000;
}

await measure({
  name: 'drawing-threads-two-to-one',
  goal: { atLeast: 1.6 },
  rounds: 7,
  prepare: () => many(PAPERS / BLOCK, (block) => many(BLOCK, (at) => certificate(block * BLOCK + at))),
  ours: (blocks) => speedOf(pools.two, blocks),
  limit: (blocks) => speedOf(pools.one, blocks),
});
