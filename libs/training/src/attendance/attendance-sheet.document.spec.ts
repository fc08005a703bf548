import { expect, it } from '@jest/globals';
import { addDays } from '@app/persian';
import { judgedBy, pagesShown } from '@app/testing';
import { drawAttendanceSheet } from './attendance-sheet.document.js';

const DPI = 150;
/** Five millimetres, in points of the picture. */
const EDGE = Math.floor((5 / 25.4) * DPI);

/** A full class with as many sessions as a page holds: the most that is printed on one page. */
const fullest = (grey: boolean) =>
  drawAttendanceSheet({
    provincialOfficeName: 'اداره کل آموزش فنی و حرفه‌ای استان سیستان و بلوچستان',
    officeName: 'مرکز آموزش فنی و حرفه‌ای زاهدان',
    instituteName: 'آموزشگاه آزاد خواهران نقش جهان',
    licenceNumber: '1402/5512',
    standardTitle: 'بافندهٔ فرش دستباف به سبک گلیم‌بافی',
    standardCode: '731899000000002',
    runNumber: '15-1405-00012',
    trainerName: 'سیده فاطمه‌زهرا علی‌پور شیرازی',
    roomName: 'کارگاه بافت ۲',
    startsOn: '2026-09-05',
    endsOn: '2026-12-21',
    plannedMinutes: 27_000,
    sessions: Array.from({ length: 52 }, (_, at) => ({
      ordinal: at + 1,
      day: addDays('2026-09-05', at * 2),
      startMinute: 480,
      endMinute: 720,
    })),
    trainees: Array.from({ length: 45 }, () => ({
      familyName: 'حسینی نژاد طباطبایی اصل',
      givenName: 'زهرا السادات',
      fatherName: 'سیدمحمدرضا',
      nationalIdMasked: '•••••••۰۴۷',
    })),
    month: null,
    drawnAt: new Date('2026-11-21T08:00:00Z'),
    watermark: null,
    grey,
  });

judgedBy(['pdftoppm'], 'the attendance sheet on a laser printer', () => {
  it('covers at most five hundredths of each page with black', async () => {
    const pages = pagesShown(await fullest(true), DPI, {});
    expect(pages).toHaveLength(6);
    for (const { shades } of pages) {
      const black = shades.reduce((sum, shade) => sum + (255 - shade) / 255, 0) / shades.length;
      expect(black).toBeGreaterThan(0.01);
      expect(black).toBeLessThanOrEqual(0.05);
    }
  });

  it.each([true, false])('puts nothing within five millimetres of the edge (grey: %s)', async (grey) => {
    for (const { width, height, shades } of pagesShown(await fullest(grey), DPI, {})) {
      const isEdge = (at: number) => {
        const [x, y] = [at % width, Math.floor(at / width)];
        return x < EDGE || y < EDGE || x >= width - EDGE || y >= height - EDGE;
      };
      expect(shades.findIndex((shade, at) => shade < 250 && isEdge(at))).toBe(-1);
    }
  });
});
