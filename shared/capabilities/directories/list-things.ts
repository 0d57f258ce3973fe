import type { EventDefinition } from '../../events/define-event.ts';
import type { ListIndexes } from '../../persistence/cosmos/indexing-policy.ts';
import { type Address, type Criterion, type Filter, meets, type Reader } from '../../persistence/reading/reader.ts';
import { type ListPage, listBoundary } from '../list-boundary.ts';
import { listBuckets } from '../list-buckets.ts';
import { DirectoryEntry, type EntryFields } from './directory-entry.ts';
import type { DirectoryPaging, DirectorySpecification, ListedThing } from './directory-specification.ts';

const fieldOf = (name: string) => `fields.${name}` as const;

/** An index for the list as a whole, and one for each field that it is filtered by. */
export function indexesOf({
  filters = [],
  order,
}: {
  readonly filters?: readonly string[] | undefined;
  readonly order: string;
}): ListIndexes {
  return {
    filtered: filters.map(fieldOf),
    sorted: [fieldOf(order), ...filters.map((filter) => [fieldOf(filter), fieldOf(order)])],
  };
}

/** What is listed is read as it is now, and left out where it is not what was asked for any more. */
export async function listThings<E extends EventDefinition, State, Fields extends EntryFields, Beside>(
  reader: Reader,
  boundary: string,
  { limit, continuation, where = {}, days }: DirectoryPaging<Fields>,
  specification: DirectorySpecification<E, State, Fields, Beside>,
): Promise<{ readonly items: readonly ListedThing<State, Beside>[]; readonly continuation?: string }> {
  const { of, beside, entry, filters = [], order, isDescending = false, bucket } = specification;
  const within = filters.find((filter) => isOneValue(where[filter]));
  const paging = { limit, continuation, where: filterOf(where, order) };
  const sorting = { by: fieldOf(order), ...(within === undefined ? {} : { within: fieldOf(within) }) };
  const page: ListPage<{ readonly of: Address }> =
    bucket === undefined
      ? await listBoundary(reader, DirectoryEntry, boundary, paging, {
          order: isDescending ? 'descending' : 'ascending',
          ...sorting,
        })
      : await listBuckets(reader, DirectoryEntry, { name: boundary, days }, paging, sorting);
  const read = async ({ of: address }: { readonly of: Address }) => {
    const thing = await reader.read(of, address);
    if (thing === undefined) return [];
    const kept = beside === undefined ? undefined : await reader.read(beside, address);
    const fields = entry(thing.state, kept?.state);
    return fields !== undefined && meets(fields, where) ? [{ ...thing, beside: kept?.state }] : [];
  };
  const { items, ...rest } = page;
  return { items: (await Promise.all(items.map(({ state }) => read(state)))).flat(), ...rest };
}

/** Asks for what has the field that is sorted by, which keeps tombstones out. */
function filterOf(where: Filter, order: string): Filter {
  const given = Object.entries({ ...where, [order]: withOrder(where[order]) });
  return Object.fromEntries(given.map(([name, criterion]) => [fieldOf(name), criterion]));
}

function withOrder(criterion: Criterion = {}): Criterion {
  if (typeof criterion !== 'object' || 'containing' in criterion) return criterion;
  return { ...criterion, atLeast: criterion.atLeast ?? '' };
}

function isOneValue(criterion: Criterion | undefined): boolean {
  return criterion !== undefined && typeof criterion !== 'object';
}
