import { v7 } from 'uuid';

/** A new row id: UUIDv7, made by the application, in order of time. */
export const newId = (): string => v7();

/** When an id of ours was made, in milliseconds UTC: the first 48 bits of a UUIDv7. */
export const idTime = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** What every id of ours that was made at this time or later is behind: the 48 bits as a UUIDv7 begins. */
export const timeId = (milliseconds: number): string => {
  const digits = Math.floor(milliseconds).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
};
