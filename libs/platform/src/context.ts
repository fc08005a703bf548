import { AsyncLocalStorage } from 'node:async_hooks';

/** The mutation that is being answered. One call makes one write. */
export interface Call {
  key: string;
  operation: string;
  bodyHash: string;
  /** A unit was opened for it, or a rule has refused it. */
  written: boolean;
}

/** What goes with a piece of work through all that it waits for. */
interface Context {
  requestId?: string;
  call?: Call;
  /** The databases of which a unit of work is open. */
  unitsOf?: readonly object[];
}

/** One for all of it: Node pays for each at every promise. */
const storage = new AsyncLocalStorage<Context>();

export const context = (): Readonly<Context> => storage.getStore() ?? {};

/** Runs work in what is around it and this. */
export const inContext = <R>(more: Context, work: () => R): R => storage.run({ ...context(), ...more }, work);
