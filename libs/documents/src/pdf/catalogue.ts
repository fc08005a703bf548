import { figure } from '../typeset/glyph-numbers.js';
import { textString, type Ref } from './pdf-file.js';

/** What every file says of itself: its language and direction, its colours, its structure. */
export function catalogueOf(parts: { tree: Ref; metadata: Ref; structure: Ref; intent: Ref }): string {
  return (
    `<</Type/Catalog/Pages ${parts.tree} 0 R/Metadata ${parts.metadata} 0 R/OutputIntents[${parts.intent} 0 R]` +
    `/Lang (fa-IR)/ViewerPreferences<</DisplayDocTitle true/Direction/R2L>>/MarkInfo<</Marked true>>` +
    `/StructTreeRoot ${parts.structure} 0 R>>`
  );
}

/** A place of the page that opens an address. `parentKey` is its number in the structure. */
export function linkOf(
  address: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  pageHeight: number,
  page: Ref,
  parentKey: number,
): string {
  const sides = [x, pageHeight - y - height, x + width, pageHeight - y].map(figure).join(' ');
  return (
    `<</Type/Annot/Subtype/Link/Rect[${sides}]/Border[0 0 0]/F 4/P ${page} 0 R/Contents${textString(address)}` +
    `/A<</S/URI/URI${textString(address)}>>/StructParent ${parentKey}>>`
  );
}
