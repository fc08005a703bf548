import { DomainEvent } from '@app/platform';

/** An office has received numbered forms. */
export class StockReceived extends DomainEvent {
  officeId: string;
  series: string;
  first: number;
  last: number;
}

/** Offsets of a printer were set; its test page is to be drawn. */
export class StockPrinterSet extends DomainEvent {
  printerId: string;
}

/** Certificates were given numbered forms; their data are to be drawn. */
export class StockPrintOrdered extends DomainEvent {
  printId: string;
  runId: string;
}

/** A form was written off. Why stands in its row. */
export class StockFormSpoiled extends DomainEvent {
  formId: string;
}
