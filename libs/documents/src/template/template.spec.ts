import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { pdfText } from '@app/testing';
import { MissingGlyph, TextDoesNotFit, UnusablePicture } from '../typeset/errors.js';
import { compileTemplate, type Issuer } from './compile.js';
import type { Template } from './template.js';

const drawnAt = new Date('2026-11-21T08:30:00Z');
const box = { x: 100, y: 100, width: 300, height: 40 };

const template: Template = {
  name: 'praise',
  version: 1,
  size: 'A4',
  orientation: 'landscape',
  print: { mode: 'full' },
  title: 'تقدیر {name}',
  art: 'sober',
  fields: { name: 'fa', code: 'code', score: 'number', subject: 'latin', office: 'fa', address: 'code' },
  items: [
    {
      ...{ kind: 'text', place: 'title', text: 'تقدیرنامهٔ {office}', role: 'H1', box: { ...box, y: 40 } },
      style: { face: 'bold', size: 20, colour: '#264a7d' },
    },
    { kind: 'text', place: 'name', text: 'با سپاس از {name}', box, style: { size: 14, floor: 7, lines: 2 } },
    {
      ...{ kind: 'table', right: 700, top: 200, headHeight: 20, rowHeight: 30, line: '#a79c89', headFill: '#eef2f8' },
      ...{ headStyle: { size: 8 }, style: { size: 10, floor: 6 } },
      columns: [
        { title: 'کد', text: '{code}', width: 90 },
        { title: 'امتیاز', text: '{score}', width: 60 },
        { title: 'موضوع', text: '{subject}', width: 140, language: 'en' },
      ],
    },
    {
      ...{ kind: 'qr', place: 'QR code', text: '{address}', box: { x: 100, y: 300, width: 80, height: 80 } },
      ...{ colour: '#162c4c', line: '#d9cdb8', alternative: 'رمزینهٔ نشانی' },
    },
  ],
};
const issuer: Issuer = { values: { office: 'کاشان' }, emblem: null, watermark: null };
const values = {
  ...{ name: 'زهرا ملکی', code: '7223-20-051-1', score: '18٫75', subject: 'C++ (basic)' },
  address: 'https://maharat.example.ir/c/7K3M-9QXT-4B',
};

const draw = (changes: Partial<Template> = {}, given: Partial<typeof values> = {}, by: Partial<Issuer> = {}) =>
  compileTemplate({ ...template, ...changes }, { ...issuer, ...by }).render({ ...values, ...given }, drawnAt);
const textOf = async (...given: Parameters<typeof draw>) => (await pdfText(draw(...given))).join('\n');

/** The file with its compressed streams opened, for looking into. */
const opened = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/stream\n([^]*?)\nendstream/g, (whole, packed: string) => {
      try {
        return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
      } catch {
        return whole;
      }
    });

describe('a compiled template', () => {
  it('says what is the same on every paper, and what is not', async () => {
    const text = await textOf();
    for (const word of ['تقدیرنامه', 'کاشان', 'زهرا', 'ملکی', '7223-20-051-1', '۱۸٫۷۵', 'C++ (basic)', 'امتیاز']) {
      expect(text).toContain(word);
    }
  });

  it('is plain data: read from JSON it gives the same bytes, and so does a paper drawn after others', () => {
    const compiled = compileTemplate(JSON.parse(JSON.stringify(template)) as Template, issuer);
    compiled.render({ ...values, name: 'سارا توکلی' }, drawnAt);
    expect(compiled.render(values, drawnAt)).toEqual(draw());
  });

  it('is read aloud in the order of its items, each by what it is', () => {
    const roles = [...opened(draw()).matchAll(/<<\/S\/(\w+)\/[PK]/g)].map(([, role]) => role);
    expect(roles).toEqual([
      'H1',
      'P',
      'Table',
      'TR',
      'TH',
      'TH',
      'TH',
      'TR',
      'TD',
      'TD',
      'TD',
      'Figure',
      'Link',
      'Document',
    ]);
    expect(opened(draw())).toMatch(/\/S\/TD[^>]*\/Lang \(en-US\)/);
  });

  it('paints nothing outside its marks', () => {
    const contents = opened(draw())
      .split('\nendobj\n')
      .filter((object) => object.includes(' Tm['))
      .map((object) => object.replace(/^\d+ 0 obj\n<<[^>]*>>\n/, ''));
    expect(contents).toHaveLength(2);
    for (const content of contents) {
      const outside = content.replace(/\/(?:Artifact BMC|\w+<<[^>]*>>BDC)[^]*?\nEMC\n?/g, '');
      expect(outside.replace(/^1 0 0 -1 0 [\d.]+ cm/, '').trim()).toBe('');
    }
  });

  it('shrinks a long name to its floor, takes another line, and then refuses with the name of the place', async () => {
    expect(await textOf({}, { name: 'حسینی نژاد طباطبایی اصل عبدالله‌زاده‌ی ملکی کاشانی نوش‌آبادی' })).toContain(
      'طباطبایی',
    );
    expect(() => draw({}, { name: 'ملکی '.repeat(100) })).toThrow(new TextDoesNotFit('name'));
  });

  it.each([
    ['a name of ten thousand letters', 'ب'.repeat(10_000), new TextDoesNotFit('name')],
    ['a name of two thousand words', 'علی '.repeat(2000), new TextDoesNotFit('name')],
    ['a sign no face has', 'علی\u0007', new MissingGlyph(7, 'name')],
  ])('refuses %s at once', (_, name, refusal) => {
    const began = performance.now();
    expect(() => draw({}, { name })).toThrow(refusal);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('draws a letter that papers hardly ever have, and the next paper as ever', async () => {
    const compiled = compileTemplate(template, issuer);
    const rare = compiled.render({ ...values, name: 'ئاڕام' }, drawnAt);
    expect(opened(rare)).toMatch(/\/RY \d+ 0 R/);
    expect((await pdfText(rare)).join()).toContain('ڕ');
    expect(compiled.render(values, drawnAt)).toEqual(draw());
    expect(opened(compiled.render(values, drawnAt))).not.toContain('/RY');
  });

  it('names a value that is not given', () => {
    expect(() => compileTemplate(template, issuer).render({}, drawnAt)).toThrow('"name"');
    expect(() => draw({ fields: {} })).toThrow('"office"');
  });

  it('prints on stock that is printed already only what differs, moved as the printer needs it', async () => {
    const text = await textOf({ print: { mode: 'data', offset: { x: 2, y: -1 } } });
    expect(text).toContain('زهرا');
    expect(text).not.toContain('امتیاز');
    expect(text).not.toContain('کاشان');
    expect(opened(draw({ print: { mode: 'data', offset: { x: 2, y: -1 } } }))).toContain('1 0 0 1 5.67 -2.83 cm');
  });

  it('is without colours for a grey printer', () => {
    const colours = (file: string) =>
      [...file.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) (?:rg|scn)/g)].map(([, ...parts]) => new Set(parts).size);
    expect(Math.max(...colours(opened(draw())))).toBeGreaterThan(1);
    const grey = opened(draw({ print: { mode: 'grey' } }))
      .split('/Artifact BMC')
      .slice(2)
      .join();
    expect(Math.max(...colours(grey))).toBe(1);
  });

  it('lays the sample mark under the text as shapes', async () => {
    expect(await textOf({}, {}, { watermark: 'نمونه، فاقد اعتبار' })).toBe(await textOf());
    expect(opened(draw({}, {}, { watermark: 'نمونه' }))).toContain('/watermark Do');
  });
});

describe('an emblem', () => {
  const items: Template['items'] = [
    { kind: 'emblem', place: 'emblem', box: { x: 0, y: 0, width: 40, height: 20 }, alternative: 'نشان استان' },
  ];
  const withEmblem = (emblem: Uint8Array | null) => draw({ items }, {}, { emblem });

  it.each([
    ['grey with alpha', 4, 8],
    ['colours', 2, 8],
    ['colours of sixteen bits', 2, 16],
    ['black and white', 0, 1],
  ])('is a PNG: %s', (_, kind, depth) => {
    const file = opened(withEmblem(png({ kind, depth })));
    expect(file).toContain('/Subtype/Image/Width 4/Height 4');
    expect(file).toContain('q 20 0 0 -20 10 20 cm/emblem0 Do Q');
    expect(file).not.toContain('SMask');
    expect(file).toMatch(/\/S\/Figure[^>]*\/Alt<FEFF/);
  });

  it('is a JPEG, which stays as it is', () => {
    const jpeg = Buffer.from('ffd8ffc0000b080010002001011100ffda0008010100003f00aaffd9', 'hex');
    expect(opened(withEmblem(jpeg))).toContain(
      '/Width 32/Height 16/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode',
    );
  });

  const sound = png({ kind: 2, depth: 8 });
  it.each([
    ['MISSING', null],
    ['NOT_A_PICTURE', Buffer.from('<svg/>')],
    ['BROKEN', sound.subarray(0, 60)],
    ['BROKEN', Buffer.concat([sound.subarray(0, 50), Buffer.from([1, 2, 3]), sound.subarray(53)])],
    ['BROKEN', Buffer.from('ffd8ffe0', 'hex')],
    ['BROKEN', png({ kind: 2, depth: 8, rows: 3 })],
    ['UNSUPPORTED', png({ kind: 2, depth: 8, interlaced: 1 })],
    ['TOO_LARGE', png({ kind: 2, depth: 8, width: 100_000 })],
    ['TOO_LARGE', Buffer.alloc(3 * 1024 * 1024)],
  ] as const)('is refused by name: %s', (fault, emblem) => {
    expect(() => withEmblem(emblem)).toThrow(new UnusablePicture('emblem', fault));
  });
});

/** A small PNG with a picture of ours in it. */
function png({
  kind,
  depth,
  width = 4,
  rows = 4,
  interlaced = 0,
}: Record<'kind' | 'depth', number> & { width?: number; rows?: number; interlaced?: number }): Buffer {
  const channels = { 0: 1, 2: 3, 4: 2 }[kind]!;
  const row = Buffer.concat([Buffer.from([4]), Buffer.alloc(Math.ceil((4 * channels * depth) / 8), 7)]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(4, 4);
  head.set([depth, kind, 0, 0, interlaced], 8);
  const data = deflateSync(Buffer.concat(Array.from({ length: rows }, () => row)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', data.subarray(0, 3)),
    chunk('IDAT', data.subarray(3)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
