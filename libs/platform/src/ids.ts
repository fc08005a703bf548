import { v7 } from 'uuid';

/** A new row id: UUIDv7, made by the application, in order of time. */
export const newId = (): string => v7();

/** When an id of ours was made, in milliseconds UTC: the first 48 bits of a UUIDv7. */
export const idTime = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
