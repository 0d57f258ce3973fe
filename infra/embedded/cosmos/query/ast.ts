import type { Json } from '../json.ts';
import type { Path } from '../model/json-path.ts';
import type { Comparator } from './keywords.ts';

/** Anything that has a value, or is undefined. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: Json | undefined }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'comparison';
      readonly comparator: Comparator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression };

/** What a query asks of a set of items as a whole. */
export type Aggregate = { readonly name: 'COUNT' } | { readonly name: 'MIN'; readonly path: Path };

/** What a query gives back for an item. */
export type Selection =
  | { readonly kind: 'item' }
  | { readonly kind: 'value'; readonly path: Path }
  | { readonly kind: 'object'; readonly properties: readonly { readonly name: string; readonly path: Path }[] }
  | { readonly kind: 'aggregate'; readonly aggregate: Aggregate };

/** One path of an ORDER BY. */
export interface SortTerm {
  readonly path: Path;
  readonly descending: boolean;
}

/** A query, read. */
export interface Query {
  readonly selection: Selection;
  readonly where: Expression | undefined;
  readonly orderBy: readonly SortTerm[];
  /** TOP. */
  readonly limit: Expression | undefined;
}
