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
/** Characters that draw nothing. Joiners and direction marks stay in the text, isolates and embeddings do not. */
const INVISIBLE = /[\u200b-\u200f]/;
const DROPPED = /[\u202a-\u202e\u2066-\u2069]/;
const PUNCTUATION = /[^\s\p{L}\p{M}\p{Nd}\u200c\u200d]|[\u0660-\u066c]/u;

/**
 * Splits every glyph so that it stands for one character, in the order of the paper.
 * Programs that copy text from a PDF put a line together glyph by glyph and then turn it: a ligature that says "لا"
 * would come back as "ال". So the ligature says its first character only, and empty glyphs beside it say the others.
 * Punctuation in a right-to-left word gets direction marks around it, or it would be taken for left-to-right.
 */
export function onePerCharacter(text: string, glyphs: ShapedGlyph[], rightToLeft: boolean, emptyGlyph: number): Mark[] {
  const starts = [...new Set(glyphs.map(({ cluster }) => cluster))].sort((a, b) => a - b);
  const endOf = new Map(starts.map((start, at) => [start, starts[at + 1] ?? text.length]));
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
    let to = from;
    while (glyphs[to]?.cluster === cluster) to++;
    const parts = glyphs.slice(from, to);
    const characters = [...text.slice(cluster, endOf.get(cluster))];
    marks.push(...ofCluster(parts, characters));
    from = to;
  }
  return marks;

  function ofCluster(parts: ShapedGlyph[], characters: string[]): Mark[] {
    const [only = ''] = characters;
    if (characters.length === 1 && DROPPED.test(only)) return [];
    if (characters.length === 1 && INVISIBLE.test(only)) return parts.map(({ advance }) => empty(only, advance));
    if (!rightToLeft) {
      return [
        ...parts.map((part, at) => markOf(part, characters[at] ?? LRM)),
        ...characters.slice(parts.length).map((character) => empty(character)),
      ];
    }
    // From right to left the first character is the last glyph.
    const turned = characters.toReversed();
    const spare = turned.length - parts.length;
    const set = [
      ...twinsTogether(turned.slice(0, Math.max(0, spare))).map((characters) => empty(characters)),
      ...parts.map((part, at) => markOf(part, turned[at + spare] ?? RLM)),
    ];
    return characters.length === 1 && PUNCTUATION.test(only) ? [empty(RLM), ...set, empty(RLM)] : set;
  }
}

/** The same letter twice at one place is taken for bold print, and one is dropped. Two in one mark read the same from both sides. */
const twinsTogether = (characters: string[]) => characters.join('').match(/(.)\1*/gsu) ?? [];

const markOf = ({ glyph, natural, advance, dx, dy }: ShapedGlyph, character: string): Mark => ({
  glyph,
  character,
  natural,
  advance,
  dx,
  dy,
});
