import path from 'node:path';
import type { SourceFile } from '../house-rules/source-file.ts';

/** Where an imported name comes from. */
export interface Origin {
  readonly path: string;
  readonly name: string;
}

/** A module as far as reachability needs it: what it declares at its top, and what it imports from our own files. */
export interface SourceModule {
  readonly path: string;
  /** The code of each declaration by its name, without comments. */
  readonly declarations: ReadonlyMap<string, string>;
  readonly imports: ReadonlyMap<string, Origin>;
  /** The import statements as they are written. */
  readonly head: string;
}

/** Biome puts a declaration at the start of a line, and everything in it behind. */
const declaration = /^(?:export )?(?:async )?(?:function\*?|const|class) (\w+)/;
const importPattern = /^import \{([^}]*)\} from '(\.[^']*)';$/gm;

export function sourceModule({ path: file, text }: SourceFile): SourceModule {
  const code = text.replaceAll(/^\s*(\/\*\*[\s\S]*?\*\/|\/\/.*)$/gm, '');
  const imports = [...code.matchAll(importPattern)];
  return {
    path: file,
    declarations: declarationsIn(code),
    imports: new Map(imports.flatMap(([, names = '', from = '']) => namesOf(names, resolved(file, from)))),
    head: imports.map(([statement]) => statement).join('\n'),
  };
}

function declarationsIn(code: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let current: string | undefined;
  for (const line of code.split('\n')) {
    const begun = declaration.exec(line)?.[1];
    if (begun !== undefined) current = begun;
    else if (/^(import|export|interface|type|for|if|await) /.test(line)) current = undefined;
    if (current !== undefined) found.set(current, `${found.get(current) ?? ''}${line}\n`);
  }
  return found;
}

const resolved = (file: string, specifier: string) => path.posix.join(path.posix.dirname(file), specifier);

/** `place, type Placement, viewOf as view`: values only. */
function namesOf(names: string, from: string): [string, Origin][] {
  return names
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.startsWith('type '))
    .map((one) => {
      const [name = '', local = name] = one.split(' as ');
      return [local, { path: from, name }];
    });
}
