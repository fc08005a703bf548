import { v7 } from 'uuid';

/** A new row id: UUIDv7, made by the application, in order of time. */
export const newId = (): string => v7();
