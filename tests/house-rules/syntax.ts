import { parseAst } from 'vitest/node';
import type { SourceFile } from './source-file.ts';

/** A node of a syntax tree (https://github.com/estree/estree, with TypeScript's own nodes). */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

export function syntaxOf({ text }: SourceFile): SyntaxNode {
  return parseAst(text, { lang: 'ts' });
}

/** A field of a node; undefined where it has none of this name. */
export function fieldOf(node: SyntaxNode, name: string): unknown {
  return Object.getOwnPropertyDescriptor(node, name)?.value;
}

/** The node in a field. */
export function nodeIn(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const value = fieldOf(node, name);
  return isNode(value) ? value : undefined;
}

/** The nodes of a field that holds several. */
export function nodesIn(node: SyntaxNode, name: string): readonly SyntaxNode[] {
  return [fieldOf(node, name)].flat().filter(isNode);
}

/** The nodes right below one, in the order in which they are written. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
