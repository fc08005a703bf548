import { figure } from '../typeset/glyph-numbers.js';
import { textString, type PdfFile, type Ref } from './pdf-file.js';

/** What a piece of a paper is, for those who hear it instead of seeing it. */
export type Role = 'H1' | 'P' | 'Figure' | 'Link' | 'Table' | 'TR' | 'TH' | 'TD';

export interface ElementOptions {
  language?: 'en-US';
  /** What a picture shows, in words. */
  alternative?: string;
  /** Attributes of a table's cell or a picture, as a dictionary. */
  attributes?: string;
}

interface Element {
  role: Role;
  options: ElementOptions | undefined;
  parent: number;
  kids: number[] | null;
  page: number;
  /** The number of its marked content on the page; null for one that holds others, or nothing. */
  mark: number | null;
  annotation: number | null;
}

const ROOT = -1;

/** The tree of a paper's pieces in the order of reading. */
export class Structure {
  private readonly elements: Element[] = [];
  private readonly top: number[] = [];
  private readonly marks: number[][] = [];
  private readonly annotations: number[] = [];
  private open = ROOT;

  /** Starts a piece that holds others, up to its `close`. */
  begin(role: Role, options?: ElementOptions): void {
    this.open = this.add(role, options, 0, null, null);
  }

  close(): void {
    this.open = this.elements[this.open]!.parent;
  }

  /** Adds a piece with content of its own. @returns the number of that content on its page */
  leaf(role: Role, page: number, options?: ElementOptions): number {
    const marks = (this.marks[page] ??= []);
    return marks.push(this.add(role, options, page, marks.length, null)) - 1;
  }

  /** Adds a piece without content: a cell in which nothing stands. */
  empty(role: Role, options?: ElementOptions): void {
    this.add(role, options, 0, null, null);
  }

  /** Adds a link. @returns its number among the annotations */
  link(page: number): number {
    const annotation = this.annotations.length;
    this.annotations.push(this.add('Link', undefined, page, null, annotation));
    return annotation;
  }

  private add(
    role: Role,
    options: ElementOptions | undefined,
    page: number,
    mark: number | null,
    annotation: number | null,
  ): number {
    const { open } = this;
    const index = this.elements.push({ role, options, parent: open, kids: null, page, mark, annotation }) - 1;
    if (open === ROOT) this.top.push(index);
    else (this.elements[open]!.kids ??= []).push(index);
    return index;
  }

  /** The number under which the tree knows an annotation: after all pages. */
  parentKey(annotation: number, pages: number): number {
    return pages + annotation;
  }

  /** Writes the tree. @returns its root */
  write(file: PdfFile, pages: readonly Ref[], annotations: readonly Ref[]): Ref {
    const root = file.reserve();
    const document = file.reserve();
    // The pieces have numbers in a row, so that one is told from the other without looking it up.
    const first = file.reserve(this.elements.length);
    const list = (indexes: readonly number[]) => indexes.map((index) => `${first + index} 0 R`).join(' ');
    const objects = this.elements.map(({ role, options, parent, kids, page, mark, annotation }, at): [Ref, string] => {
      const within =
        annotation !== null
          ? `<</Type/OBJR/Obj ${annotations[annotation]} 0 R/Pg ${pages[page]} 0 R>>`
          : mark !== null
            ? `${mark}/Pg ${pages[page]} 0 R`
            : `[${kids ? list(kids) : ''}]`;
      const under = parent === ROOT ? document : first + parent;
      return [first + at, `<</S/${role}/P ${under} 0 R/K ${within}${options ? optionsOf(options) : ''}>>`];
    });
    const nums = [
      ...pages.map((_, page) => `${page}[${list(this.marks[page] ?? [])}]`),
      ...this.annotations.map((index, at) => `${this.parentKey(at, pages.length)} ${first + index} 0 R`),
    ];
    objects.push(
      [document, `<</S/Document/P ${root} 0 R/Lang (fa-IR)/K[${list(this.top)}]>>`],
      [
        root,
        `<</Type/StructTreeRoot/K ${document} 0 R/ParentTree<</Nums[${nums.join(' ')}]>>` +
          `/ParentTreeNextKey ${pages.length + this.annotations.length}>>`,
      ],
    );
    file.packed(objects);
    return root;
  }
}

function optionsOf({ language, alternative, attributes }: ElementOptions): string {
  const said = alternative === undefined ? '' : `/Alt${textString(alternative)}`;
  return `${language ? `/Lang (${language})` : ''}${said}${attributes ? `/A<<${attributes}>>` : ''}`;
}

/** Where a picture stands, as attributes of its piece. */
export function placeOf(box: { x: number; y: number; width: number; height: number }, pageHeight: number): string {
  const sides = [box.x, pageHeight - box.y - box.height, box.x + box.width, pageHeight - box.y];
  return `/O/Layout/Placement/Block/BBox[${sides.map(figure).join(' ')}]`;
}
