import { importsOf } from './imports.ts';
import type { HouseRule, SourceFile } from './source-file.ts';

/** What each name leads to. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** No file leads back to itself by its imports; those of types count, since a reader follows them as well. */
export const noImportCircles: HouseRule = (files) =>
  files.flatMap((file) => {
    const circle = circleThrough(file.path, importGraph(files));
    if (circle === undefined) return [];
    return [
      {
        path: file.path,
        rule: `imports lead back to it (${circle.join(' → ')})`,
        remedy: 'move what both ends need into a file of its own, below them',
      },
    ];
  });

/** Which of the files each file imports. Made once for the same list of files. */
const importGraph = onceFor((files: readonly SourceFile[]): Graph => {
  const paths = new Set(files.map(({ path }) => path));
  return new Map(files.map((file) => [file.path, importsOf(file).filter((imported) => paths.has(imported))]));
});

/** The shortest way from a name back to itself, both ends included; undefined where there is none. */
export function circleThrough(start: string, graph: Graph): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const pending = [start];
  for (let here = pending.shift(); here !== undefined; here = pending.shift()) {
    for (const next of graph.get(here) ?? []) {
      if (next === start) return [...wayTo(here, cameFrom), start];
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, here);
      pending.push(next);
    }
  }
  return undefined;
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const before = cameFrom.get(end);
  return before === undefined ? [end] : [...wayTo(before, cameFrom), end];
}

function onceFor<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
