/** What the parts of a paper are drawn with. */
export interface Inks {
  text: string;
  quiet: string;
  accent: string;
  /** Thin lines: grids, boxes, places to write in. */
  line: string;
  /** Under heads and totals; white where toner is to be saved. */
  fill: string;
}

const COLOUR: Inks = { text: '#221e17', quiet: '#655b4b', accent: '#162c4c', line: '#a79c89', fill: '#eef2f8' };

/** For a laser printer without colours: black letters, grey hairlines, no areas that drink toner. */
const GREY: Inks = { text: '#000000', quiet: '#3d3d3d', accent: '#000000', line: '#8f8f8f', fill: '#ffffff' };

export const inksFor = (grey: boolean): Inks => (grey ? GREY : COLOUR);
