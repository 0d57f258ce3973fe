import path from 'node:path';
import type { SourceFile } from '../../house-rules/source-file.ts';

/** An `@example` of an exported symbol. */
export interface DocExample {
  readonly file: SourceFile;
  readonly symbol: string;
  readonly code: string;
}

/** An exported function or class, below its doc comment where it has one. */
const exported = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:async )?(?:function|class) (\w+)/g;

/** The functions and classes that a file exports, each once: of overloads, the first has the doc comment. */
export function exportsOf(file: SourceFile): readonly { readonly symbol: string; readonly comment: string }[] {
  const found = [...file.text.matchAll(exported)].map(([, comment = '', symbol = '']) => ({ symbol, comment }));
  return found.filter(({ symbol }, n) => found.findIndex((one) => one.symbol === symbol) === n);
}

export function examplesOf(file: SourceFile): readonly DocExample[] {
  return exportsOf(file).flatMap(({ symbol, comment }) => codeIn(comment).map((code) => ({ file, symbol, code })));
}

/** What stands behind each `@example`, up to the next tag. */
function codeIn(comment: string): readonly string[] {
  const text = comment.replace(/\s*\*\/\s*$/, '').replaceAll(/^ ?\/?\*+ ?/gm, '');
  return text
    .split(/^(?=@\w)/m)
    .filter((part) => part.startsWith('@example'))
    .map((part) => part.slice('@example'.length).trim());
}

/** The example as a module in `folder`, with imports for the names that it leaves out. */
export function moduleOf({ file, code }: DocExample, prelude: SourceFile, folder: string): string {
  const own = namesIn(file.text).filter((name) => uses(code, name));
  const given = namesIn(prelude.text).filter((name) => uses(code, name) && !own.includes(name));
  return [importOf(own, file, folder), importOf(given, prelude, folder), code, 'export {};', ''].join('\n');
}

function namesIn(text: string): readonly string[] {
  const declared = text.matchAll(/^export (?:declare )?(?:async )?(?:function|class|const) (\w+)/gm);
  const passedOn = [...text.matchAll(/^export \{([^}]*)\} from/gm)].flatMap(
    ([, names = '']) => names.match(/\w+/g) ?? [],
  );
  return [...new Set([...[...declared].map(([, name = '']) => name), ...passedOn])];
}

/** Whether the code names it and does not make it itself. */
function uses(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(code) && !new RegExp(`(?:const|function|class) ${name}\\b`).test(code);
}

function importOf(names: readonly string[], { path: from }: SourceFile, folder: string): string {
  return names.length === 0 ? '' : `import { ${names.join(', ')} } from '${path.posix.relative(folder, from)}';`;
}
