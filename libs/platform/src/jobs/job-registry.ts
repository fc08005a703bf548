import { declaredJobs, type JobDeclaration } from './on-event.js';

type Handler = (ids: unknown) => Promise<void>;
/** A declared job with the methods to call. */
export interface RegisteredJob extends JobDeclaration {
  run: Handler;
  giveUp?: (ids: unknown, reason: string) => Promise<void>;
}

/** Which jobs follow which event. Filled once, before the first unit; every process knows all jobs, whoever runs them. */
export class JobRegistry {
  private readonly byName = new Map<string, RegisteredJob>();
  private readonly byEvent = new Map<string, RegisteredJob[]>();

  /** @throws Error two methods declare the same job, or a `gaveUp` names no method */
  register(provider: object): void {
    for (const job of declaredJobs(provider.constructor)) {
      if (this.byName.has(job.name)) throw new Error(`Two providers declare the job ${job.name}`);
      const methods = provider as Record<string, unknown>;
      const registered: RegisteredJob = { ...job, run: bound(methods, job.method) };
      if (job.gaveUp) registered.giveUp = bound(methods, job.gaveUp) as RegisteredJob['giveUp'] & Handler;
      this.byName.set(job.name, registered);
      this.byEvent.set(job.event, [...(this.byEvent.get(job.event) ?? []), registered]);
    }
  }

  following(event: string): readonly RegisteredJob[] {
    return this.byEvent.get(event) ?? [];
  }

  named(name: string): RegisteredJob | undefined {
    return this.byName.get(name);
  }

  get names(): string[] {
    return [...this.byName.keys()].sort();
  }
}

function bound(methods: Record<string, unknown>, name: string): Handler {
  const method = methods[name];
  if (typeof method !== 'function') throw new Error(`No method ${name} on ${methods.constructor.name}`);
  return method.bind(methods) as Handler;
}
