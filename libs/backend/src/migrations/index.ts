import { Platform1764000000001 } from './1-platform.js';

/** The history of the tables, in order; forward only. */
export const migrations = [Platform1764000000001];
