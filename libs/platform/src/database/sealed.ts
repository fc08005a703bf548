import type { DataSource, EntityMetadata } from 'typeorm';
import type { Keys } from '../keys/keys.js';
import { personalProperties } from './columns.js';

/** A personal value that is sealed already, for the one place where it opens. */
export class Sealed {
  constructor(
    readonly text: string,
    readonly place: string,
  ) {}
}

/** A row bound to its place: what a sealed value is bound to. */
export const place = (metadata: EntityMetadata, property: string, id: string) =>
  `${metadata.tableName}.${property}.${id}`;

/** Opens the personal columns of every entity that TypeORM loads. */
export class OpensPersonalColumns {
  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: Keys,
  ) {}

  afterLoad(row: Record<string, unknown>): void {
    const properties = personalProperties(row.constructor);
    if (properties.size === 0) return;
    const metadata = this.dataSource.getMetadata(row.constructor);
    for (const property of properties) {
      const sealed = row[property];
      if (typeof sealed !== 'string') continue;
      if (typeof row.id !== 'string') throw new Error(`${property} is personal: select the id with it`);
      row[property] = this.keys.open(sealed, place(metadata, property, row.id)).toString();
    }
  }
}
