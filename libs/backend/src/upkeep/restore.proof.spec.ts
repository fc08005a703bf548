import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { StoredDocument, DocumentState, Documents, fileKey } from '@app/documents';
import { DomainEvent, newId, SYSTEM } from '@app/platform';
import { Office, OfficeKind } from '@app/training';
import { type Engine, engines, type TestInstallation, newInstallation } from '@app/testing';
import type { Backend } from '../backend.js';
import { backup } from './backup.js';
import { restore } from './restore.js';
import { inSnapshot } from './tables.js';

const FULL = process.env.PROOF === 'full';
const STANDING = FULL ? 200_000 : 2_000;
const WRITERS = 4;

class OfficeOpened extends DomainEvent {
  officeId: string;
}

/** What one acknowledged unit has left: a row, an event and a paper with its file. */
interface Written {
  officeId: string;
  sha256: string;
}

/** One unit of the load: three rows that must be in a backup together, and a file. */
async function write(backend: Backend): Promise<Written> {
  const documents = new Documents(backend.database, backend.files, backend.keys, backend.clock);
  const { sha256 } = await documents.store(randomBytes(2_000));
  const officeId = newId();
  await backend.database.write(SYSTEM, async (tx) => {
    await tx.insert(Office, office(officeId));
    await tx.insert(StoredDocument, {
      kind: 'PROOF',
      subjectId: officeId,
      state: DocumentState.READY,
      fileName: `${officeId}.pdf`,
      mimeType: 'application/pdf',
      sha256,
      bytes: 2_000,
      reason: null,
      requestedBy: SYSTEM.userId,
      requestedAt: backend.clock.now(),
      readyAt: backend.clock.now(),
    });
    tx.emit(OfficeOpened, { officeId });
  });
  return { officeId, sha256 };
}

const office = (id: string) => ({
  id,
  kind: OfficeKind.COUNTY,
  parentId: null,
  name: 'دفتر آزمون «نقل‌قول» \\ ۱۲۳',
  nameEn: 'Proof\n"office"',
  provinceCode: '15',
  path: `/15/${id}/`,
  countyCode: null,
  closedWeekdays: [5],
});

async function fill(backend: Backend, rows: number): Promise<void> {
  for (let from = 0; from < rows; from += 5_000)
    await backend.database.write(SYSTEM, async (tx) => {
      const block = Array.from({ length: Math.min(5_000, rows - from) }, () => office(newId()));
      await tx.insertAll(Office, block);
      for (const { id } of block) tx.emit(OfficeOpened, { officeId: id });
    });
}

const fingerprints = ({ dataSource }: Backend) =>
  inSnapshot(dataSource, async (tables) => {
    const all: Record<string, unknown> = {};
    for (const shape of await tables.shapes()) all[shape.name] = await tables.fingerprint(shape);
    return all;
  });

describe('a backup under write load', () => {
  const places: TestInstallation[] = [];
  const place = async (on: Engine, more: Record<string, string> = {}) => {
    const made = await newInstallation(on, more);
    places.push(made);
    return made;
  };
  let folder: string;
  afterAll(async () => {
    for (const one of places) await one.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(engines)(
    'on %s loses nothing that was acknowledged before it, and restores the same on every engine',
    async (from) => {
      folder ??= await mkdtemp(join(tmpdir(), 'maharat-proof-'));
      rmSync(join(folder, 'person-keys.tar.gz'), { force: true });
      const backend = await (await place(from, { PERSON_KEYS_FILE: join(folder, 'person-keys.tar.gz') })).open();
      await fill(backend, STANDING);

      const acknowledged: Written[] = [];
      let stop = false;
      const load = Array.from({ length: WRITERS }, async () => {
        while (!stop) acknowledged.push(await write(backend));
      });
      while (acknowledged.length < 50) await new Promise((resolve) => setTimeout(resolve, 5));
      const before = [...acknowledged];
      const file = join(folder, `${from}.tar.gz`);
      const began = Date.now();
      const made = await backup(backend, file, { passphrase: 'a long passphrase' });
      const seconds = (Date.now() - began) / 1000;
      const during = acknowledged.length - before.length;
      stop = true;
      await Promise.all(load);
      expect(during).toBeGreaterThan(0);
      expect(made.missingFiles).toEqual([]);

      for (const to of engines) {
        const target = await place(to);
        const start = Date.now();
        await restore(target.settings, file, 'a long passphrase');
        const restored = await target.open();
        if (FULL)
          console.log(
            `${from} to ${to}: ${made.tables['office']?.rows} offices, ${made.files} files, ${during} units written during the backup of ${seconds} s, restored in ${(Date.now() - start) / 1000} s`,
          );
        expect(await fingerprints(restored)).toEqual(made.tables);

        const found = await restored.database.read((tx) =>
          tx.query<{ officeId: string; sha256: string }>(
            'SELECT subjectId AS officeId, sha256 FROM stored_document d JOIN office o ON o.id = d.subjectId',
          ),
        );
        const kept = new Map(found.map((row) => [row.officeId, row.sha256]));
        expect(before.filter(({ officeId, sha256 }) => kept.get(officeId) !== sha256)).toEqual([]);
        for (const { sha256 } of found) {
          const bytes = await restored.files.get(fileKey(sha256));
          expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
        }
        // A unit is in the backup whole or not at all.
        expect(made.tables['stored_document']?.rows).toBe(kept.size);
        expect(made.tables['office']?.rows).toBe(kept.size + STANDING);
        expect(made.tables['business_event']?.rows).toBe(kept.size + STANDING);
      }
    },
    FULL ? 1_800_000 : 120_000,
  );
});
