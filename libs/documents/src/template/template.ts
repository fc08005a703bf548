import type { Box, Style } from '../typeset/fit.js';
import type { PaperSize } from '../typeset/page-size.js';
import type { ArtName } from './art.js';

/** How a value is cleaned, and isolated where it stands among other words. */
export type FieldType = 'fa' | 'latin' | 'code' | 'number' | 'date';

/**
 * A paper as data: what stands where, and which values it waits for. It is kept with what was issued by it and never
 * changed: a new wording is a new version. Points, measured from the top left corner.
 */
export interface Template {
  name: string;
  version: number;
  size: PaperSize;
  orientation: 'landscape' | 'portrait';
  print: Print;
  /** The name of the file, with slots: «گواهینامه {serial}». */
  title: string;
  art: ArtName | null;
  /** The slots there are, by name. */
  fields: Record<string, FieldType>;
  /** In the order of reading. */
  items: Item[];
}

/**
 * `full`: all of it. `data`: on stock that is printed already, only what differs between papers. `grey`: for a laser
 * printer without colours, with nothing near the edge.
 */
export interface Print {
  mode: 'full' | 'data' | 'grey';
  /** How far a printer is off, in millimetres to the right and down. */
  offset?: { x: number; y: number };
}

/** A text with slots in it: «فرزند {fatherName}». */
export interface TextItem {
  kind: 'text';
  /** The item by its name, for the error when its text does not fit. */
  place: string;
  text: string;
  language?: 'fa' | 'en';
  role?: 'H1' | 'P';
  box: Box;
  style: Style;
}

/** Heads in a row and a value under each. Columns are named from the right. */
export interface TableItem {
  kind: 'table';
  right: number;
  top: number;
  headHeight: number;
  rowHeight: number;
  headStyle: Style;
  style: Style;
  line: string;
  headFill: string;
  columns: { title: string; text: string; width: number; language?: 'fa' | 'en' }[];
}

export interface QrItem {
  kind: 'qr';
  place: string;
  /** Also the address that opens when it is touched. */
  text: string;
  box: Box;
  colour: string;
  line: string;
  /** What it is, in words. */
  alternative: string;
}

/** The place of a picture that the issuer gives. */
export interface EmblemItem {
  kind: 'emblem';
  place: string;
  box: Box;
  alternative: string;
}

/** A frame into which a photo is glued. */
export interface PhotoItem {
  kind: 'photo';
  box: Box;
  label: string;
  style: Style;
  line: string;
}

/** The star of the house. */
export interface SealItem {
  kind: 'seal';
  x: number;
  y: number;
  radius: number;
}

export interface LineItem {
  kind: 'line';
  from: [x: number, y: number];
  to: [x: number, y: number];
  width: number;
  colour: string;
}

/** Where a stamp is put. */
export interface CircleItem {
  kind: 'circle';
  x: number;
  y: number;
  radius: number;
  width: number;
  dash?: number;
  colour: string;
}

export type Item = TextItem | TableItem | QrItem | EmblemItem | PhotoItem | SealItem | LineItem | CircleItem;
