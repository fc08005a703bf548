import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The figures of this process, for Prometheus. No label ever holds an id or a name of a person. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

export const operationSeconds = new Histogram({
  name: 'maharat_operation_seconds',
  help: 'Time to answer, by operation and outcome',
  labelNames: ['operation', 'outcome'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  registers: [metrics],
});

export const jobRuns = new Counter({
  name: 'maharat_job_runs_total',
  help: 'Runs of jobs, by job and outcome',
  labelNames: ['job', 'outcome'],
  registers: [metrics],
});

export const oldestJobSeconds = new Gauge({
  name: 'maharat_oldest_due_job_seconds',
  help: 'How long the oldest due job has waited',
  registers: [metrics],
});
