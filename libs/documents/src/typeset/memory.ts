/**
 * Remembers what was asked for lately, within a bound. When the young half is full it becomes the old one, and what
 * nobody asked for since is forgotten: cheaper than keeping an order of use.
 */
export class Memory<T> {
  private young = new Map<string, T>();
  private old = new Map<string, T>();

  constructor(private readonly bound: number) {}

  get(key: string): T | undefined {
    const found = this.young.get(key);
    if (found !== undefined) return found;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: string, value: T): void {
    if (this.young.size * 2 >= this.bound) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }
}
