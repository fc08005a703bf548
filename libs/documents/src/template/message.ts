import { ltrIsolate, rtlIsolate, storeForm } from '@app/persian';
import { code, date, fa, latin, number, type Field } from '../typeset/field.js';
import type { FieldType } from './template.js';

/** Values by the names of their slots. */
export type Values = Readonly<Record<string, string>>;

const TYPED: Record<FieldType, (value: string) => Field> = { fa, latin, code, number, date };

/** A text with slots. The type of a slot, not its author, isolates the value, so that it reads right where it stands. */
export class Message {
  readonly slots: readonly string[];
  private readonly words: readonly string[];
  private readonly types: readonly FieldType[];

  constructor(
    text: string,
    fields: Readonly<Record<string, FieldType>>,
    private readonly base: Field['base'],
  ) {
    const parts = text.split(/\{(\w+)\}/);
    this.words = parts.filter((_, at) => at % 2 === 0);
    this.slots = parts.filter((_, at) => at % 2 === 1);
    this.types = this.slots.map((slot) => {
      const type = fields[slot];
      if (!type) throw new Error(`The template has no field "${slot}".`);
      return type;
    });
  }

  /** The values of its slots as one text: two messages with the same key say the same. */
  key(values: Values): string {
    return this.slots.length === 1
      ? valueOf(values, this.slots[0]!)
      : this.slots.map((slot) => valueOf(values, slot)).join('\n');
  }

  /** The message with its values. */
  field(values: Values): Field {
    if (this.slots.length === 1 && this.words.every((words) => words === '') && this.base === 'rtl') {
      return TYPED[this.types[0]!](valueOf(values, this.slots[0]!));
    }
    let text = this.words[0]!;
    for (const [at, slot] of this.slots.entries()) {
      text += this.set(this.types[at]!, valueOf(values, slot)) + this.words[at + 1]!;
    }
    return { text, base: this.base };
  }

  /** The message as plain words, for the name of a file. */
  plain(values: Values): string {
    return this.words.map((words, at) => (at ? valueOf(values, this.slots[at - 1]!) : '') + words).join('');
  }

  private set(type: FieldType, value: string): string {
    const { text, base } = TYPED[type](value);
    if (this.base === 'rtl') return base === 'ltr' ? ltrIsolate(text) : text;
    return type === 'fa' ? rtlIsolate(text) : storeForm(value);
  }
}

function valueOf(values: Values, slot: string): string {
  const value = values[slot];
  if (value === undefined) throw new Error(`There is no value for "${slot}".`);
  return value;
}
