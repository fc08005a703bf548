import type { Opened } from './opened.js';
import { each, type Rule } from './rule.js';
import { nameOf, Ref, words, type Value } from './values.js';

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const ROLES =
  /^(Document|Part|Art|Sect|Div|BlockQuote|Caption|TOC|TOCI|Index|NonStruct|Private|P|H[1-6]?|L|LI|Lbl|LBody|Table|TR|TH|TD|THead|TBody|TFoot|Span|Quote|Note|Reference|BibEntry|Code|Link|Annot|Ruby|Warichu|Figure|Formula|Form)$/;

/** The table from marks and annotations back to the elements they belong to. */
function parentsOf({ document }: Opened): Map<number, Value> {
  const parents = new Map<number, Value>();
  const visit = (value: Value | undefined): void => {
    const node = document.dictionary(value);
    const numbers = document.list(node?.Nums);
    for (let at = 0; at < numbers.length; at += 2) parents.set(Number(numbers[at]), document.get(numbers[at + 1]));
    for (const kid of document.list(node?.Kids)) visit(kid);
  };
  visit(document.dictionary(document.root.StructTreeRoot)?.ParentTree);
  return parents;
}

/** What those need who hear a paper instead of seeing it, or copy from it: PDF/UA-1. */
export const accessRules: Rule[] = [
  {
    name: 'the metadata say PDF/UA-1, and what that is',
    check: ({ metadata }) => [
      metadata?.get('pdfuaid:part') !== '1' && 'pdfuaid',
      metadata?.get('schema pdfuaid') === undefined && 'its schema is not told',
    ],
  },
  {
    name: 'a code that is shown stands for characters',
    check: ({ fonts }) =>
      fonts.flatMap(({ name, codes, characters }) =>
        each(
          codes,
          (code) => !/^[^\0\ufeff\ufffe\uffff\ufffd]+$/.test(characters.get(code) ?? '') && `${name} ${code}`,
        ),
      ),
  },
  {
    name: 'an annotation says in words what it is',
    check: ({ annotations }) => each(annotations, ({ Contents, Subtype }) => !words(Contents) && nameOf(Subtype)),
  },
  {
    name: 'the file is marked as tagged',
    check: ({ document }) => {
      const marked = document.dictionary(document.root.MarkInfo);
      return [marked?.Marked !== true && 'not Marked', marked?.Suspects === true && 'Suspects'];
    },
  },
  {
    name: 'the language is said',
    check: ({ document, elements }) => [
      !LANGUAGE.test(words(document.root.Lang)) && 'of the file',
      ...each(elements, ({ role, dictionary: { Lang } }) => Lang !== undefined && !LANGUAGE.test(words(Lang)) && role),
    ],
  },
  {
    name: 'the title is shown, not the name of the file',
    check: ({ document }) => [
      document.dictionary(document.root.ViewerPreferences)?.DisplayDocTitle !== true && 'DisplayDocTitle',
    ],
  },
  {
    name: 'the keyboard follows the structure',
    check: ({ pages }) => each(pages, ({ page }) => page.Annots !== undefined && page.Tabs !== '/S' && 'a page'),
  },
  {
    name: 'everything painted is a piece or an ornament',
    check: ({ pages }) => each(pages, ({ content }) => content.naked.length > 0 && content.naked.slice(0, 5).join(' ')),
  },
  {
    name: 'a mark is used once on its page',
    check: ({ pages }) =>
      each(pages, ({ content: { marks } }) => new Set(marks).size < marks.length && 'one is used again'),
  },
  {
    name: 'a mark belongs to the element that holds it',
    check: (file) => {
      const parents = parentsOf(file);
      const holders = new Map(file.elements.map((element) => [element.number, element]));
      return file.pages.flatMap(({ page, content }) => {
        const owners = parents.get(Number(page.StructParents));
        return each(content.marks, (mark) => {
          const owner = Array.isArray(owners) ? owners[mark] : undefined;
          const element = owner instanceof Ref ? holders.get(owner.number) : undefined;
          const holds = element?.kids.some((kid) => kid === mark || file.document.dictionary(kid)?.MCID === mark);
          return !holds && `mark ${mark}`;
        });
      });
    },
  },
  {
    name: 'an element holds marks that are there',
    check: ({ document, elements, pages }) => {
      const marks = new Map(pages.map(({ page, content }) => [page, new Set(content.marks)]));
      return elements.flatMap(({ role, dictionary, kids }) =>
        each(kids, (kid) => {
          const reference = document.dictionary(kid);
          const mark = typeof kid === 'number' ? kid : reference?.MCID;
          const page = document.dictionary(reference?.Pg ?? dictionary.Pg);
          return typeof mark === 'number' && !(page && marks.get(page)?.has(mark)) && `${role} ${mark}`;
        }),
      );
    },
  },
  {
    name: 'an element knows its parent',
    check: ({ document, elements }) =>
      each(elements, ({ role, parent, dictionary }) => {
        const known = document.dictionary(dictionary.P);
        return known !== (parent?.dictionary ?? document.dictionary(document.root.StructTreeRoot)) && role;
      }),
  },
  {
    name: 'every role is known',
    check: ({ document, elements }) => {
      const mapped = document.dictionary(document.dictionary(document.root.StructTreeRoot)?.RoleMap) ?? {};
      return [
        elements.length === 0 && 'no structure',
        ...each(elements, ({ role }) => !ROLES.test(role) && !(role in mapped) && role),
      ];
    },
  },
  {
    name: 'a picture has words instead of it, and its place',
    check: ({ document, elements }) =>
      each(elements, ({ role, dictionary: { Alt, ActualText, A } }) => {
        const attributes = document.list(A).length ? document.list(A) : [A];
        const placed = attributes.some((each) => document.list(document.dictionary(each)?.BBox).length === 4);
        return role === 'Figure' && (!(words(Alt) || words(ActualText)) || !placed) && 'a figure';
      }),
  },
  {
    name: 'a table has rows of heads and cells, and a head says what it heads',
    check: ({ document, elements }) =>
      each(elements, ({ role, parent, dictionary: { A } }) => {
        const within: Record<string, RegExp> = { TR: /^(Table|THead|TBody|TFoot)$/, TH: /^TR$/, TD: /^TR$/ };
        if (within[role] && !within[role].test(parent?.role ?? '')) return role;
        const attributes = document.list(A).length ? document.list(A) : [A];
        return role === 'TH' && !attributes.some((each) => document.dictionary(each)?.Scope) && 'TH without Scope';
      }),
  },
  {
    name: 'headings go down one level at a time',
    check: ({ elements }) => {
      const levels = elements.flatMap(({ role }) => /^H([1-6])$/.exec(role)?.[1] ?? []).map(Number);
      return each(levels.entries(), ([at, level]) => level > (levels[at - 1] ?? 0) + 1 && `H${level} too early`);
    },
  },
  {
    name: 'a link is an element of its own',
    check: (file) => {
      const parents = parentsOf(file);
      const { document, elements } = file;
      return each(file.annotations, (annotation) => {
        const owner = document.dictionary(parents.get(Number(annotation.StructParent ?? -1)));
        const element = elements.find(({ dictionary }) => dictionary === owner);
        const holds = element?.kids.some((kid) => document.dictionary(document.dictionary(kid)?.Obj) === annotation);
        return annotation.Subtype === '/Link' && (element?.role !== 'Link' || !holds) && 'one is not';
      });
    },
  },
];
