import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, jest } from '@jest/globals';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { faultsOf } from '../pdf/rules.js';
import { fromPng, inFolder, pagesShown, type Picture } from './picture.js';
import { ask, judgedBy } from './programs.js';

const DPI = 72;
/** How many points may look otherwise than approved: another release of Poppler smooths edges a little otherwise. */
const OTHERWISE = 1 / 5000;

/**
 * Specs that every paper has: it is the same when it is drawn again, keeps our rules, is opened by four programs without
 * a word, and looks as a person has approved it. `APPROVE=yes npm run jest -- PATH` writes the pictures anew, into
 * `approved/` beside the spec: look at each before it is committed.
 * @param spec `import.meta.url` of the spec
 * @param pages how many pages from the first are looked at
 */
export function judgePaper(name: string, spec: string, draw: () => Promise<Uint8Array>, pages = 1): void {
  judgedBy(['qpdf', 'mutool', 'pdffonts', 'pdftoppm'], `the paper «${name}»`, () => {
    let drawn: Promise<Uint8Array> | undefined;
    const paper = () => (drawn ??= draw());

    it('is the same when it is drawn again', async () => {
      expect(Buffer.compare(await paper(), await draw())).toBe(0);
    });

    it('keeps our rules of PDF/A-3b and PDF/UA-1', async () => {
      expect(faultsOf(await paper())).toEqual([]);
    });

    it('is opened by qpdf, MuPDF, Poppler and pdf.js without a word', async () => {
      openedQuietly(await paper());
      expect(await wordsOfPdfJs(await paper())).toEqual([]);
    });

    it('looks as approved', async () => {
      const shown = pagesShown(await paper(), DPI, { pages });
      const folder = join(dirname(fileURLToPath(spec)), 'approved');
      const files = shown.map((_, at) =>
        join(folder, `${name.replaceAll(' ', '-')}${pages > 1 ? `-${at + 1}` : ''}.png`),
      );
      if (process.env.APPROVE) {
        mkdirSync(folder, { recursive: true });
        for (const [at, file] of files.entries()) writeFileSync(file, approvable(shown[at]!));
      }
      expect(files.flatMap((file, at) => differenceFrom(file, shown[at]!))).toEqual([]);
    });
  });
}

/** qpdf and MuPDF find nothing to mend; every font is embedded, cut and can be copied from. */
function openedQuietly(bytes: Uint8Array): void {
  inFolder((folder) => {
    const file = join(folder, 'paper.pdf');
    writeFileSync(file, bytes);
    expect(ask('qpdf', ['--check', file]).toString()).toContain('No syntax or stream encoding errors found');
    expect(ask('mutool', ['clean', file, join(folder, 'clean.pdf')]).toString()).toBe('');
    const fonts = ask('pdffonts', [file]).toString().trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes /);
    ask('pdftotext', [file, '-']);
  });
}

/** What pdf.js warns of while it reads all pages and their fonts. */
async function wordsOfPdfJs(bytes: Uint8Array): Promise<unknown[]> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const spies = [jest.spyOn(console, 'warn'), jest.spyOn(console, 'log')];
  for (const spy of spies) spy.mockImplementation(() => {});
  try {
    const task = getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.WARNINGS });
    const pdf = await task.promise;
    for (let number = 1; number <= pdf.numPages; number++) await (await pdf.getPage(number)).getOperatorList();
    await task.destroy();
    return spies.flatMap((spy) => spy.mock.calls.flat());
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Sixteen shades are enough to see with, and make a small file. */
const coarse = ({ shades }: Picture) => shades.map((shade) => Math.round(shade / 17) * 17);

function approvable(picture: Picture): Buffer {
  const { width, height } = picture;
  const png = new PNG({ width, height });
  png.data = Buffer.from(coarse(picture));
  return PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false, deflateLevel: 9 });
}

/** What is wrong with the picture, and where to see it: what was approved, what is drawn, and both laid on one another. */
function differenceFrom(file: string, shown: Picture): string[] {
  const approve = 'Look at it, then approve it with APPROVE=yes npm run jest -- and the path of this spec.';
  if (!existsSync(file)) return [`There is no ${file} yet. ${approve}`];
  const approved = fromPng(readFileSync(file));
  if (approved.width !== shown.width || approved.height !== shown.height)
    return [`The page has another size than ${file}.`];
  if (Buffer.compare(approved.shades, coarse(shown)) === 0) return [];
  const { width, height } = shown;
  const difference = new PNG({ width, height });
  const count = pixelmatch(colours(approved), colours(shown), difference.data, width, height, { threshold: 0.2 });
  if (count <= width * height * OTHERWISE) return [];
  const folder = join(tmpdir(), 'maharat-pictures');
  mkdirSync(folder, { recursive: true });
  const seen = join(folder, file.replace(/^.*\//, ''));
  writeFileSync(seen, PNG.sync.write(sideBySide([colours(approved), colours(shown), difference.data], width, height)));
  return [`${count} points differ from ${file}: see ${seen} (approved, drawn, difference). ${approve}`];
}

function colours({ shades }: Picture): Uint8Array {
  return new Uint8Array(Uint32Array.from(shades, (shade) => 0xff000000 + shade * 0x10101).buffer);
}

function sideBySide(pictures: Uint8Array[], width: number, height: number): PNG {
  const png = new PNG({ width: width * pictures.length, height });
  for (const [at, picture] of pictures.entries()) {
    for (let row = 0; row < height; row++) {
      png.data.set(picture.subarray(row * width * 4, (row + 1) * width * 4), (row * pictures.length + at) * width * 4);
    }
  }
  return png;
}
