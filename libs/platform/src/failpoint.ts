let armed: { name: string; action: string; left: number } | null = null;

/**
 * Arms one named point, as `name:kill`, `name:error`, with `:3` for the third time it is passed.
 * Settings refuse it in production.
 */
export function armFailpoint(plan: string | undefined): void {
  const [name, action, times = '1'] = (plan ?? '').split(':');
  armed = name && action ? { name, action, left: Number(times) } : null;
}

/** A step where a spec may let the process die. Does nothing unless it is armed. */
export function failpoint(name: string): void {
  if (armed?.name !== name || --armed.left > 0) return;
  const { action } = armed;
  armed = null;
  if (action === 'kill') process.kill(process.pid, 'SIGKILL');
  throw new Error(`Failed on purpose at ${name}`);
}
