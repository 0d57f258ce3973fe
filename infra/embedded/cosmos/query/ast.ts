import type { Json } from '../json.ts';
import type { Path } from '../model/json-path.ts';

/** How two values may be compared. */
export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Anything that has a value, or is undefined. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: Json | undefined }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'comparison';
      readonly comparator: Comparator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'membership'; readonly operand: Expression; readonly choices: Expression }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression };

/** What a query asks of a set of items as a whole. */
export type AggregateName = 'COUNT' | 'SUM' | 'AVG' | 'MIN' | 'MAX';

/** What a query gives back for an item. */
export type Selection =
  | { readonly kind: 'item' }
  | { readonly kind: 'value'; readonly path: Path }
  | { readonly kind: 'object'; readonly properties: readonly { readonly name: string; readonly path: Path }[] }
  /** `path` is undefined in `COUNT(1)`. */
  | { readonly kind: 'aggregate'; readonly name: AggregateName; readonly path: Path | undefined };

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
  /** TOP, or the LIMIT of OFFSET LIMIT. */
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
}
