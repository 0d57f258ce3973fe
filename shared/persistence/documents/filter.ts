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

/** The field of that name. @throws Error for a name that no code would give: names are written into the query. */
export function fieldOf(name: string): string {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name of a field`);
  return `c.${name}`;
}

function conditions(name: string, criterion: Criterion): readonly QueryPart[] {
  if (typeof criterion !== 'object') return [condition(name, '=', criterion)];
  if ('containing' in criterion) {
    const parameter = `@${name}`;
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
  const parameter = `@${name}${end}`;
  return { text: `${fieldOf(name)} ${comparator} ${parameter}`, parameters: [{ name: parameter, value }] };
}
