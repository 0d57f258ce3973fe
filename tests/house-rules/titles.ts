import { type HouseRule, isTest } from './source-file.ts';
import { childrenOf, fieldOf, nodeIn, nodesIn, type SyntaxNode, syntaxOf } from './syntax.ts';

/** What a statement without its subject begins with, or one whose subject stands elsewhere. */
const headless = words(
  'should is are was were has have had does do did can cannot may must will',
  'works accepts gives keeps leads refuses rejects returns runs takes tells throws',
  'they them this these those',
);

/** What no noun begins with: the part of a sentence that is to be read with the one around it. */
const dependent = new Set([...headless, ...words('after as before but for given if in on when while with without')]);

/** A report shows the name of a test that fails, and nobody has the file open. */
export const titlesStandAlone: HouseRule = (files) =>
  files.filter(isTest).flatMap((file) =>
    titlesIn(syntaxOf(file)).flatMap(({ of, title }) => {
      const remedy = remedyFor(of, title);
      return remedy === undefined ? [] : [{ path: file.path, rule: `the title "${title}" stands alone`, remedy }];
    }),
  );

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

function remedyFor(of: Title['of'], title: string): string | undefined {
  const [first = '', ...others] = title.split(' ');
  if (of === 'describe')
    return dependent.has(first) ? 'name the thing that is described, as a noun: "an order that is shipped"' : undefined;
  if (headless.has(first)) return 'say in the statement what it is about: "an order is cancelled only once"';
  // The whole statement may come from a table: that is where it is written then.
  const isFromTable = others.length === 0 && /^[%$]/.test(title);
  return others.length < 2 && !isFromTable ? 'write a whole statement' : undefined;
}

interface Title {
  readonly of: 'it' | 'describe';
  readonly title: string;
}

function titlesIn(node: SyntaxNode): readonly Title[] {
  const below = childrenOf(node).flatMap(titlesIn);
  const of = node.type === 'CallExpression' ? calledBy(node) : undefined;
  const [said] = nodesIn(node, 'arguments');
  const title = said && fieldOf(said, 'value');
  return of === undefined || typeof title !== 'string' ? below : [{ of, title }, ...below];
}

/** Whether a call makes a test or a group, also by way of a table or a condition: `it.each(…)(…)`, `describe.skipIf(…)(…)`. */
function calledBy(call: SyntaxNode): Title['of'] | undefined {
  const inner = nodeIn(call, 'callee') ?? nodeIn(call, 'object');
  if (inner !== undefined) return calledBy(inner);
  const name = fieldOf(call, 'name');
  return name === 'it' || name === 'describe' ? name : undefined;
}
