import type { HouseRule } from './source-file.ts';
import { childrenOf, fieldOf, nodeIn, type SyntaxNode, syntaxOf } from './syntax.ts';

/**
 * What a function disposes of as it returns is gone before a promise that it returns has settled, unless the promise is awaited
 * there; and what such a promise fails with passes by the `catch` around it. Biome sees promises that are statements
 * (`noFloatingPromises`), not those that are returned.
 */
export const returnedPromisesAreAwaited: HouseRule = (files) =>
  files
    // Most files have nothing of the kind, and need not be parsed.
    .filter(({ text }) => /\busing \w|\btry \{/.test(text))
    .flatMap((file) => {
      const program = syntaxOf(file);
      return unawaitedIn(program, placeIn(program, file.text)).map(({ start, holder }) => ({
        path: file.path,
        rule: `a promise that is returned ${holder} is awaited there (line ${file.text.slice(0, start).split('\n').length})`,
        remedy: 'write `return await`, or if it is no promise, let the return stand after or outside',
      }));
    });

/** Where in a function a node stands. */
interface Place {
  readonly text: string;
  /** Whether the function may return a promise, as far as it tells by itself. */
  readonly mayBePromise: boolean;
  /** What does not wait for a promise that is returned from here. */
  readonly holder?: string | undefined;
  /** What the function's constants that are seen from here were made of. */
  readonly constants: ReadonlyMap<unknown, SyntaxNode>;
}

interface Unawaited {
  readonly start: number;
  readonly holder: string;
}

function unawaitedIn(node: SyntaxNode, place: Place): readonly Unawaited[] {
  let here = /Function/.test(node.type) ? placeIn(node, place.text) : place;
  const below = childrenOf(node).flatMap((child) => {
    const found = unawaitedIn(child, { ...here, holder: holderInTry(node, child) ?? here.holder });
    // It holds for what follows in the same block.
    if (child.type === 'VariableDeclaration') here = afterDeclaration(child, here);
    return found;
  });
  const { holder } = place;
  const isReturned = node.type === 'ReturnStatement' && place.mayBePromise && holder !== undefined;
  return isReturned && mayPend(nodeIn(node, 'argument'), place) ? [{ start: node.start, holder }, ...below] : below;
}

function placeIn(fn: SyntaxNode, text: string): Place {
  return { text, mayBePromise: mayReturnPromise(fn), constants: new Map() };
}

/** Types are not known here: what tells its type is believed, and whatever else could return one may. */
function mayReturnPromise(fn: SyntaxNode): boolean {
  const annotated = nodeIn(fn, 'returnType');
  const type = annotated && nodeIn(annotated, 'typeAnnotation');
  const name = type && nodeIn(type, 'typeName');
  return annotated === undefined || fieldOf(fn, 'async') === true || (name && fieldOf(name, 'name')) === 'Promise';
}

function holderInTry(node: SyntaxNode, child: SyntaxNode): string | undefined {
  if (node.type !== 'TryStatement' || child === nodeIn(node, 'finalizer')) return undefined;
  if (nodeIn(node, 'finalizer') !== undefined) return 'before a `finally`';
  return child === nodeIn(node, 'block') ? 'past a `catch`' : undefined;
}

function afterDeclaration(declaration: SyntaxNode, place: Place): Place {
  const kind = fieldOf(declaration, 'kind');
  if (kind === 'using' || kind === 'await using') return { ...place, holder: 'under `using`' };
  if (kind !== 'const') return place;
  const made = childrenOf(declaration).flatMap((declarator) => {
    const [id, init] = [nodeIn(declarator, 'id'), nodeIn(declarator, 'init')];
    return id === undefined || init === undefined ? [] : [[fieldOf(id, 'name'), init] as const];
  });
  return { ...place, constants: new Map([...place.constants, ...made]) };
}

/** What calls that end so return is no promise. */
const settled = /^(?:JSON|Math|Number|Object|String)\b|\.(?:filter|flatMap|join|map|parse)$/;

/** Whether an expression may be a promise that nobody has awaited. */
function mayPend(expression: SyntaxNode | undefined, place: Place): boolean {
  if (expression === undefined) return false;
  const any = (...fields: readonly string[]) => fields.some((field) => mayPend(nodeIn(expression, field), place));
  const callee = nodeIn(expression, 'callee');
  const called = callee && place.text.slice(callee.start, callee.end);
  switch (expression.type) {
    case 'CallExpression':
      return called !== undefined && !settled.test(called);
    case 'NewExpression':
      return called === 'Promise';
    case 'ImportExpression':
      return true;
    case 'ConditionalExpression':
      return any('consequent', 'alternate');
    case 'LogicalExpression':
      return any('left', 'right');
    case 'Identifier':
      return mayPend(place.constants.get(fieldOf(expression, 'name')), { ...place, constants: new Map() });
    default:
      // Parentheses, `as`, `!` and optional chains have it inside; awaited and made ones have none.
      return any('expression');
  }
}
