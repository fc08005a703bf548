import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackend, schemaText } from '@app/backend';
import { projectFile, readSettings } from '@app/platform';
import { type Command, switches } from '../command.js';

export const schemaCommand: Command = {
  usage: 'schema',
  fa: 'schema.graphql را از روی برنامه می‌نویسد',
  en: 'writes schema.graphql as the code says it',
  async run(call) {
    switches(call.args);
    const folder = await mkdtemp(join(tmpdir(), 'maharat-schema-'));
    try {
      // Of no installation: an empty one that lives for this moment.
      const backend = await openBackend(readSettings({ DATA_DIR: folder, LOG_LEVEL: 'warn' }), 'cli');
      try {
        await writeFile(projectFile('schema.graphql'), await schemaText(backend));
      } finally {
        await backend.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    call.say('schema.graphql نوشته شد. | schema.graphql is written.');
    return 0;
  },
};
