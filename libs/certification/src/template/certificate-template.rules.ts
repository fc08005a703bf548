import { CertificateTemplateState as State } from './certificate-template.entity.js';

/** Why a template is not written or not published: rules T1-T5 of the certification README. */
export enum CertificateTemplateRefusal {
  UNKNOWN_SLOT = 'UNKNOWN_SLOT', // T1: the wording waits for a value that certificates do not have
  TEXT_DOES_NOT_FIT = 'TEXT_DOES_NOT_FIT', // T2: not even at the smallest size, with the longest names there are
  MISSING_GLYPH = 'MISSING_GLYPH', // T3: the typeface cannot write it
  UNUSABLE_PICTURE = 'UNUSABLE_PICTURE', // T4: the emblem is no sound PNG or JPEG
  ALREADY_PUBLISHED = 'ALREADY_PUBLISHED', // T5
}

/** The moves of a template: what is published stays so, and a newer version takes its place. */
const moves: Record<State, readonly State[]> = { DRAFT: [State.PUBLISHED], PUBLISHED: [] };

export const mayPublish = (state: State): boolean => moves[state].includes(State.PUBLISHED);

/** The first slot of a wording, `{name}`, that certificates have no value for. */
export const unknownSlot = (wording: string, known: readonly string[]): string | null =>
  [...wording.matchAll(/\{([^}]*)\}/g)].map(([, slot = '']) => slot).find((slot) => !known.includes(slot)) ?? null;
