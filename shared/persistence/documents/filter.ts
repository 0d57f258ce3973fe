/** What the fields of a document are compared with. */
export type Scalar = string | number;

/** What a field has to be: a value, within a range whose ends belong to it, or a text that has another in it as it stands. */
export type Criterion =
  | Scalar
  | { readonly atLeast?: Scalar | undefined; readonly atMost?: Scalar | undefined }
  | { readonly containing: string };

/** From the name of a field, which is the code's own, to what it has to be; `undefined` asks for nothing. */
export type Filter = Readonly<Record<string, Criterion | undefined>>;

/** A part of a query. Whatever comes from a client is in the parameters, never in the text. */
export interface QueryPart {
  readonly text: string;
  readonly parameters: readonly { readonly name: string; readonly value: Scalar }[];
}

/** The conditions of a filter, each behind an `AND`. A document without a field meets no condition about it. */
export function conditionsOf(filter: Filter): QueryPart {
  const parts = Object.entries(filter).flatMap(([field, criterion]) =>
    criterion === undefined ? [] : conditions(field, criterion),
  );
  return {
    text: parts.map(({ text }) => ` AND ${text}`).join(''),
    parameters: parts.flatMap((part) => part.parameters),
  };
}

/** Whether a document with these fields meets a filter, as the store sees it. */
export function meets(fields: Readonly<Record<string, Scalar | undefined>>, filter: Filter): boolean {
  return Object.entries(filter).every(([name, criterion]) => criterion === undefined || isMet(criterion, fields[name]));
}

function isMet(criterion: Criterion, value: Scalar | undefined): boolean {
  if (typeof criterion !== 'object') return value === criterion;
  if ('containing' in criterion) return typeof value === 'string' && value.includes(criterion.containing);
  const { atLeast, atMost } = criterion;
  return (
    (atLeast === undefined || isUpTo(atLeast, value)) &&
    (atMost === undefined || (value !== undefined && isUpTo(value, atMost)))
  );
}

/** Of one type alone can values be told one from the other; the store goes by the bytes of texts. */
function isUpTo(low: Scalar, high: Scalar | undefined): boolean {
  if (typeof low === 'string' && typeof high === 'string')
    return Buffer.compare(Buffer.from(low), Buffer.from(high)) <= 0;
  return typeof low === 'number' && typeof high === 'number' && low <= high;
}

/**
 * The field of that name, or among `fields`, by which directories list.
 *
 * @throws Error for a name that no code would give: it becomes part of the query.
 */
export function fieldOf(name: string): string {
  if (!/^(fields\.)?[a-z][A-Za-z0-9]*$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name of a field`);
  return `c.${name}`;
}

function conditions(name: string, criterion: Criterion): readonly QueryPart[] {
  if (typeof criterion !== 'object') return [condition(name, '=', criterion)];
  if ('containing' in criterion) {
    const parameter = parameterOf(name);
    return [
      {
        text: `CONTAINS(${fieldOf(name)}, ${parameter})`,
        parameters: [{ name: parameter, value: criterion.containing }],
      },
    ];
  }
  const { atLeast, atMost } = criterion;
  return [
    ...(atLeast === undefined ? [] : [condition(name, '>=', atLeast, 'AtLeast')]),
    ...(atMost === undefined ? [] : [condition(name, '<=', atMost, 'AtMost')]),
  ];
}

function condition(name: string, comparator: '=' | '>=' | '<=', value: Scalar, end = ''): QueryPart {
  const parameter = `${parameterOf(name)}${end}`;
  return { text: `${fieldOf(name)} ${comparator} ${parameter}`, parameters: [{ name: parameter, value }] };
}

function parameterOf(name: string): string {
  return `@${name.replace('.', '_')}`;
}
