import { type Path, pathLiteral } from '../model/json-path.ts';
import type { Selection } from './ast.ts';
import { type Fragment, raw } from './fragment.ts';

/** What to ask SQLite for each item, and how the answer becomes JSON. */
export interface Output {
  readonly columns: readonly Fragment[];
  /** A path that has to be there: where it is undefined, the item gives no result at all. */
  readonly required: Path | undefined;
  /** Makes one result from the columns, each JSON text or null for undefined. */
  toJson(columns: readonly (string | null)[]): string;
}

/** The output of a selection without aggregates. */
export function outputOf(selection: Exclude<Selection, { kind: 'aggregate' }>): Output {
  switch (selection.kind) {
    case 'item':
      return { columns: [raw('body')], required: undefined, toJson: ([body]) => body ?? 'null' };
    case 'value':
      return { columns: [jsonAt(selection.path)], required: selection.path, toJson: ([value]) => value ?? 'null' };
    case 'object': {
      const { properties } = selection;
      return {
        columns: properties.map((property) => jsonAt(property.path)),
        required: undefined,
        toJson(columns) {
          const members = properties.flatMap(({ name }, position) => {
            const value = columns[position];
            return typeof value === 'string' ? [`${JSON.stringify(name)}:${value}`] : [];
          });
          return `{${members.join(',')}}`;
        },
      };
    }
  }
}

const jsonAt = (path: Path) => raw(path.length === 0 ? 'body' : `body -> ${pathLiteral(path)}`);
