import type { SQLInputValue } from 'node:sqlite';

/** A piece of SQL with the values bound in it. Values of clients get into SQL in this way only. */
export interface Fragment {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
}

/** SQL as it stands: for names and paths that this server has made or quoted itself. */
export const raw = (text: string): Fragment => ({ text, values: [] });

/** SQL in which fragments are inlined and everything else becomes a bound parameter. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (Fragment | string | number | null)[]): Fragment {
  let text = texts[0] ?? '';
  const values: SQLInputValue[] = [];
  parts.forEach((part, position) => {
    const isFragment = typeof part === 'object' && part !== null;
    text += (isFragment ? part.text : '?') + (texts[position + 1] ?? '');
    if (isFragment) values.push(...part.values);
    else values.push(part);
  });
  return { text, values };
}

/** Fragments with the same text between each two. */
export function joined(fragments: readonly Fragment[], separator: string): Fragment {
  return {
    text: fragments.map((fragment) => fragment.text).join(separator),
    values: fragments.flatMap((fragment) => fragment.values),
  };
}
