/** The two languages of the product. Persian is the first one and the default of every function that writes text. */
export type Language = 'fa' | 'en';
