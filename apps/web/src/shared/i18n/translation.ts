/** The same keys with other words; an English text may also have a form for one thing. */
export type Translation<Messages> = {
  [Key in keyof Messages]: Messages[Key] extends string ? string : Translation<Messages[Key]>;
} & { [Key in keyof Messages & string as Messages[Key] extends string ? `${Key}_one` : never]?: string };
