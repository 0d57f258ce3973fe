import { conditionsOf, type Filter, fieldOf, type Scalar } from './filter.ts';

/** A part of the ids of a kind, by their order as texts. */
export interface IdRange {
  readonly from?: string | undefined;
  readonly before?: string | undefined;
}

/** A stretch of the documents of one kind in one boundary. */
export interface DocumentQuery {
  readonly kind: string;
  readonly order: 'ascending' | 'descending';
  /** The field to sort by, equal ones by id; without it, by id alone. The container has to have an index for it. */
  readonly sortedBy?: string | undefined;
  /** A field that `where` gives one value: the index to sort by has it before the field to sort by. */
  readonly sortedWithin?: string | undefined;
  /** The id of the last document of the stretch before; it need not exist any more. */
  readonly after?: string | undefined;
  /** What that document had in the field that is sorted by. */
  readonly afterValue?: Scalar | undefined;
  /** Only ids from `from` on, and before `before`; texts that are no ids serve as well. */
  readonly ids?: IdRange | undefined;
  readonly limit: number;
  readonly where?: Filter | undefined;
}

/**
 * The query for a stretch: it begins behind a document by what that was sorted by, not by how many came before, so that
 * whatever is added, changed or removed meanwhile makes no other document come twice or not at all.
 *
 * Several fields are sorted by only where a composite index has exactly these, hence the kind, though it is always the same.
 * Source: https://learn.microsoft.com/azure/cosmos-db/index-policy#composite-indexes
 */
export function documentQuery({
  kind,
  order,
  sortedBy,
  sortedWithin,
  after,
  afterValue,
  ids = {},
  limit,
  where = {},
}: DocumentQuery) {
  const [beyond, direction] = order === 'ascending' ? ['>', 'ASC'] : ['<', 'DESC'];
  const field = sortedBy === undefined ? undefined : fieldOf(sortedBy);
  const within = sortedWithin === undefined ? [] : [fieldOf(sortedWithin)];
  const sorted = field === undefined ? ['c.id'] : ['c.kind', ...within, field, 'c.id'];
  const behind = field === undefined ? ` AND c.id ${beyond} @after` : behindValue(field, beyond);
  const conditions = conditionsOf(where);
  const between = [
    ids.from === undefined ? '' : ' AND c.id >= @idsFrom',
    ids.before === undefined ? '' : ' AND c.id < @idsBefore',
  ].join('');
  return {
    query: [
      `SELECT TOP @limit * FROM c WHERE c.kind = @kind${conditions.text}${between}${after === undefined ? '' : behind}`,
      `ORDER BY ${sorted.map((name) => `${name} ${direction}`).join(', ')}`,
    ].join(' '),
    parameters: [
      { name: '@limit', value: limit },
      { name: '@kind', value: kind },
      ...conditions.parameters,
      ...(ids.from === undefined ? [] : [{ name: '@idsFrom', value: ids.from }]),
      ...(ids.before === undefined ? [] : [{ name: '@idsBefore', value: ids.before }]),
      ...(after === undefined ? [] : [{ name: '@after', value: after }]),
      ...(after === undefined || afterValue === undefined ? [] : [{ name: '@afterValue', value: afterValue }]),
    ],
  };
}

/** Written so that an index can be entered at the value. */
function behindValue(field: string, beyond: string): string {
  return ` AND ${field} ${beyond}= @afterValue AND (${field} ${beyond} @afterValue OR c.id ${beyond} @after)`;
}
