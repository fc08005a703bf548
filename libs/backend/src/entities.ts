import { BusinessEvent, IdempotencyKey, Job } from '@app/platform';

/** Every table of the product. One list, so that the drift spec sees all. */
export const entities = [BusinessEvent, Job, IdempotencyKey];
