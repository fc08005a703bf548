import { StockFormState } from './stock.entity.js';

/** Why forms are not received, printed or written off: rules S1-S5 of the certification README. */
export enum StockRefusal {
  WRONG_RANGE = 'WRONG_RANGE', // S1: the last is before the first, or more than a thousand at once
  RECEIVED_ALREADY = 'RECEIVED_ALREADY', // S2: a number of the range has been received
  NOTHING_TO_PRINT = 'NOTHING_TO_PRINT', // S3: every valid certificate of the run lies on a form
  FORM_NOT_BLANK = 'FORM_NOT_BLANK', // S4: a form of the range is not there, printed or written off
  SPOILED_ALREADY = 'SPOILED_ALREADY', // S5
}

/** Rule S1. */
const AT_ONCE = 1000;

export const refuseRange = (first: number, last: number): StockRefusal | null =>
  last < first || last - first >= AT_ONCE ? StockRefusal.WRONG_RANGE : null;

/** Rule S4: the forms lie in the tray in their order, so none of them may be missing. */
export const refuseForms = (forms: readonly { state: StockFormState }[], wanted: number): StockRefusal | null =>
  forms.length === wanted && forms.every(({ state }) => state === StockFormState.BLANK)
    ? null
    : StockRefusal.FORM_NOT_BLANK;
