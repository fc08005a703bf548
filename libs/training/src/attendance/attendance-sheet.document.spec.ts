import { addDays } from '@app/persian';
import { judgePrint } from '@app/testing';
import { drawAttendanceSheet } from './attendance-sheet.document.js';

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
    emblem: null,
    grey,
  });

judgePrint('the fullest attendance sheet', fullest);
