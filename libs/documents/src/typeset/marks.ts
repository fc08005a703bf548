/** A glyph as HarfBuzz places it; `cluster` is where its characters start in the word. */
export interface ShapedGlyph {
  glyph: number;
  cluster: number;
  natural: number;
  advance: number;
  dx: number;
  dy: number;
}

/** What the file stores: a glyph that stands for exactly one character, or an empty glyph that carries one. */
export interface Mark {
  glyph: number;
  character: string;
  natural: number;
  advance: number;
  dx: number;
  dy: number;
}

const RLM = '\u200f';
const LRM = '\u200e';

type Kind = 'plain' | 'dropped' | 'invisible' | 'punctuation';
const kinds = new Map<string, Kind>();

function kindOf(character: string): Kind {
  let kind = kinds.get(character);
  if (!kind) kinds.set(character, (kind = judged(character)));
  return kind;
}

/** Characters that draw nothing: joiners and direction marks stay in the text, isolates and embeddings do not. */
function judged(character: string): Kind {
  if (/[\u202a-\u202e\u2066-\u2069]/.test(character)) return 'dropped';
  if (/[\u061c\u200b-\u200f]/.test(character)) return 'invisible';
  return /[^\s\p{L}\p{M}\p{Nd}\u200c\u200d]|[\u0660-\u066c]/u.test(character) ? 'punctuation' : 'plain';
}

/**
 * Splits every glyph so that it stands for one character, in the order of the paper.
 * Programs that copy text from a PDF put a line together glyph by glyph and then turn it: a ligature that says "لا"
 * would come back as "ال". So the ligature says its first character only, and empty glyphs beside it say the others.
 * Punctuation in a right-to-left word gets direction marks around it, or it would be taken for left-to-right.
 */
export function onePerCharacter(text: string, glyphs: ShapedGlyph[], rightToLeft: boolean, emptyGlyph: number): Mark[] {
  const empty = (character: string, advance = 0): Mark => ({
    glyph: emptyGlyph,
    character,
    natural: 0,
    advance,
    dx: 0,
    dy: 0,
  });

  const marks: Mark[] = [];
  for (let from = 0; from < glyphs.length;) {
    const { cluster } = glyphs[from]!;
    let to = from + 1;
    while (to < glyphs.length && glyphs[to]!.cluster === cluster) to++;
    // Clusters come in the order of the text, or all turned round.
    const next = rightToLeft ? glyphs[from - 1] : glyphs[to];
    const characters = text.slice(cluster, next ? next.cluster : text.length);
    if (to === from + 1 && characters.length === 1) addSingle(glyphs[from]!, characters);
    else addCluster(glyphs.slice(from, to), [...characters]);
    from = to;
  }
  return marks;

  function addSingle(part: ShapedGlyph, character: string): void {
    switch (kindOf(character)) {
      case 'dropped':
        return;
      case 'invisible':
        marks.push(empty(character, part.advance));
        return;
      case 'punctuation':
        if (rightToLeft) marks.push(empty(RLM), markOf(part, character), empty(RLM));
        else marks.push(markOf(part, character));
        return;
      case 'plain':
        marks.push(markOf(part, character));
    }
  }

  function addCluster(parts: ShapedGlyph[], characters: string[]): void {
    const kind = characters.length === 1 ? kindOf(characters[0]!) : 'plain';
    if (kind === 'dropped') return;
    if (kind === 'invisible') {
      marks.push(...parts.map(({ advance }) => empty(characters[0]!, advance)));
      return;
    }
    if (!rightToLeft) {
      marks.push(
        ...parts.map((part, at) => markOf(part, characters[at] ?? LRM)),
        ...characters.slice(parts.length).map((character) => empty(character)),
      );
      return;
    }
    // From right to left the first character is the last glyph.
    const turned = characters.toReversed();
    const spare = turned.length - parts.length;
    if (kind === 'punctuation') marks.push(empty(RLM));
    marks.push(
      ...twinsTogether(turned.slice(0, Math.max(0, spare))).map((twins) => empty(twins)),
      ...parts.map((part, at) => markOf(part, turned[at + spare] ?? RLM)),
    );
    if (kind === 'punctuation') marks.push(empty(RLM));
  }
}

/** The same letter twice at one place is taken for bold print, and one is dropped. Two in one mark read the same from both sides. */
const twinsTogether = (characters: string[]) => characters.join('').match(/(.)\1*/gsu) ?? [];

/** Marks of direction that draw nothing; two, since the same mark twice at one place is dropped. */
const FILLING = [RLM, '\u061c'];

/**
 * Where two letters are set wider apart than usual, as in «زیورآلات», pdftotext takes the gap for a blank when a mark
 * without width stands beside it. So marks without width stand in the gap too, no further apart than `widest`.
 */
export function withoutGaps(marks: Mark[], widest: number, emptyGlyph: number): Mark[] {
  return marks.flatMap((mark, at) => {
    const gap = mark.advance - mark.natural;
    const beside = [marks[at - 1], marks[at + 1]];
    if (gap <= widest || !beside[1] || !beside.some((other) => other?.glyph === emptyGlyph)) return mark;
    const between = FILLING.slice(0, Math.ceil(gap / widest) - 1);
    const step = Math.floor(gap / (between.length + 1));
    return [
      { ...mark, advance: mark.advance - step * between.length },
      ...between.map((character) => ({ glyph: emptyGlyph, character, natural: 0, advance: step, dx: 0, dy: 0 })),
    ];
  });
}

const markOf = ({ glyph, natural, advance, dx, dy }: ShapedGlyph, character: string): Mark => ({
  glyph,
  character,
  natural,
  advance,
  dx,
  dy,
});
