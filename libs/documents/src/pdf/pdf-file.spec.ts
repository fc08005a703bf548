import { describe, expect, it } from '@jest/globals';
import { colourProfile } from './colour-profile.js';
import { infoOf, metadataOf } from './metadata.js';
import { PdfFile, textString } from './pdf-file.js';

const drawnAt = new Date('2026-11-21T08:30:00.500Z');

/** What each row of the cross-reference stream says, by the object's number. */
function rowsOf(bytes: Uint8Array): { kind: number; at: number; place: number }[] {
  const file = Buffer.from(bytes);
  const from = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file.toString('latin1'))![1]);
  const head = file.toString('latin1', from);
  const start = from + head.indexOf('stream\n') + 7;
  const count = Number(/\/Size (\d+)/.exec(head)![1]);
  return Array.from({ length: count }, (_, row) => {
    const at = start + 7 * row;
    return { kind: file[at]!, at: file.readUInt32BE(at + 1), place: file.readUInt16BE(at + 5) };
  });
}

describe('a file', () => {
  it('knows where each of its objects stands, also those of the start that it shares', () => {
    const shared = new PdfFile();
    const [first, later] = [shared.object('<</A 1>>'), shared.reserve()];
    const start = shared.asStart();
    const file = new PdfFile(start);
    const stream = file.stream('/B 2', 'words');
    file.object('<</C 3>>', later);
    const small = file.reserve();
    file.packed([[small, '<</D 4>>']]);
    const bytes = file.end(first, later);
    const rows = rowsOf(bytes);
    for (const ref of [first, later, stream]) {
      expect(Buffer.from(bytes).toString('latin1', rows[ref]!.at)).toMatch(new RegExp(`^${ref} 0 obj\n`));
    }
    expect(rows[small]).toMatchObject({ kind: 2, place: 0 });
    expect(rows[0]).toEqual({ kind: 0, at: 0, place: 0xffff });
  });

  it('has an identity that follows from what stands in it', () => {
    const identity = (body: string) => {
      const file = new PdfFile();
      const ref = file.object(body);
      return /\/ID\[<(\w+)><\1>\]/.exec(Buffer.from(file.end(ref, ref)).toString('latin1'))![1];
    };
    expect(identity('<</A 1>>')).toBe(identity('<</A 1>>'));
    expect(identity('<</A 1>>')).not.toBe(identity('<</A 2>>'));
  });

  it.each([
    ['plain', 'Letter (1)', '(Letter \\(1\\))'],
    ['Persian', 'نامه', '<FEFF06460627064506470000>'.replace('0000', '')],
    ['a back-slash', 'a\\b', '(a\\\\b)'],
    ['a line break', 'a\nb', '<FEFF0061000A0062>'],
  ])('writes a text so that it cannot be taken for anything else: %s', (_, text, expected) => {
    expect(textString(text)).toBe(expected);
  });
});

describe('what a file says of itself', () => {
  it('is the same in its dictionary and in its metadata, and no title can break out of either', () => {
    const title = 'کار & <b>هنر</b> (۱)';
    expect(infoOf(title, drawnAt)).toContain(`/Title${textString(title)}`);
    expect(infoOf(title, drawnAt)).toContain('/CreationDate(D:20261121083000Z)');
    const metadata = Buffer.from(metadataOf(title, drawnAt), 'latin1').toString('utf8');
    expect(metadata).toContain('کار &amp; &lt;b&gt;هنر&lt;/b&gt; (۱)</rdf:li>');
    expect(metadata).toContain('<xmp:CreateDate>2026-11-21T08:30:00Z</xmp:CreateDate>');
    expect(Buffer.from(metadataOf('a\u0000b\u0007', drawnAt), 'latin1').toString('utf8')).toContain('>ab<');
  });

  it('includes what its red, green and blue are: a profile whose tables lie inside it', () => {
    const profile = colourProfile();
    expect(profile.readUInt32BE(0)).toBe(profile.length);
    expect(profile.toString('latin1', 36, 40)).toBe('acsp');
    const count = profile.readUInt32BE(128);
    for (let at = 132; at < 132 + 12 * count; at += 12) {
      expect(profile.readUInt32BE(at + 4) % 4).toBe(0);
      expect(profile.readUInt32BE(at + 4) + profile.readUInt32BE(at + 8)).toBeLessThanOrEqual(profile.length);
    }
    // White is what red, green and blue make together.
    const xyz = (at: number) => [0, 4, 8].map((part) => profile.readInt32BE(at + 8 + part) / 65_536);
    const places = Array.from({ length: count }, (_, tag) => 132 + 12 * tag);
    const of = (name: string) =>
      xyz(profile.readUInt32BE(places.find((at) => profile.toString('latin1', at, at + 4) === name)! + 4));
    const sum = [0, 1, 2].map((part) => of('rXYZ')[part]! + of('gXYZ')[part]! + of('bXYZ')[part]!);
    for (const [part, value] of of('wtpt').entries()) expect(sum[part]).toBeCloseTo(value, 3);
  });
});
