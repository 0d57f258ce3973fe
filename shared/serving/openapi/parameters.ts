import { z } from 'zod';
import { takesIdempotencyKey } from '../../capabilities/endpoint.ts';
import type { Json, JsonObject } from '../../http/json-schema.ts';
import { Tenant } from '../../security/principal.ts';
import type { ComponentSchemas } from './component-schemas.ts';
import type { ApiOperation } from './operation.ts';

/** What a document's parts are made with. */
type Schemas = Pick<ComponentSchemas, 'of'>;

const ref = (name: string) => ({ $ref: `#/components/parameters/${name}` });

/** The request headers that operations share, by their name as a component. */
export function sharedParameters(schemas: Schemas): JsonObject {
  const header = (name: string, description: string, schema: z.ZodType) => ({
    name,
    in: 'header',
    description,
    schema: schemas.of(schema),
  });
  return {
    IdempotencyKey: header(
      'Idempotency-Key',
      'A name of your choice for this request, such as a UUID. Repeated under it, the request is done once, and every ' +
        'repeat gets the first answer. For one caller and route, and for a day.',
      z.string().regex(/^[\x21-\x7e]{1,255}$/),
    ),
    IfMatch: header(
      'If-Match',
      'The `ETag` of the version that you have seen: if there is another by now, nothing is done (412).',
      z.string().meta({ example: '"3"' }),
    ),
    Prefer: header(
      'Prefer',
      'With `wait=10`, the answer comes once the thing is decided, or after ten seconds (RFC 7240). At most a second less ' +
        'than a request may take.',
      // No pattern: by the standard a preference that is not understood is ignored, never refused.
      z.string().meta({ example: 'wait=10' }),
    ),
    Tenant: header(
      'x-tenant',
      'Whose data; elsewhere the token tells. Left out, it is `main`, or the first of `TENANTS`.',
      Tenant,
    ),
    Traceparent: header(
      'traceparent',
      'The trace that the request belongs to (W3C Trace Context). Left out or not well-formed, the request begins one.',
      // No pattern: by the standard a header that is not well-formed is ignored, never refused.
      z.string().meta({ example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }),
    ),
  };
}

/** The parameters of an operation: path, query, and the headers that mean something to it. */
export function parametersOf(operation: ApiOperation, pathParameters: readonly string[], schemas: Schemas): Json {
  const { params, query, roles, problems } = operation;
  return [
    ...inPath(params, pathParameters, schemas),
    ...inQuery(query, schemas),
    ...(takesIdempotencyKey(operation) ? [ref('IdempotencyKey')] : []),
    ...(problems.has('precondition-failed') ? [ref('IfMatch')] : []),
    ...(operation.decidedLater === undefined ? [] : [ref('Prefer')]),
    ...(roles === 'public' ? [ref('Tenant')] : []),
    ref('Traceparent'),
  ];
}

function inPath(params: z.ZodType | undefined, names: readonly string[], schemas: Schemas): readonly JsonObject[] {
  const fields = params === undefined ? {} : fieldsOf(schemas.of(params)).properties;
  return names.map((name) => parameter(name, 'path', fields[name] ?? { type: 'string' }, true));
}

function inQuery(query: z.ZodType | undefined, schemas: Schemas): readonly JsonObject[] {
  if (query === undefined) return [];
  const { properties, required } = fieldsOf(schemas.of(query));
  return Object.entries(properties).map(([name, schema]) => parameter(name, 'query', schema, required.includes(name)));
}

function parameter(name: string, place: 'path' | 'query', { description, ...schema }: JsonObject, required: boolean) {
  return { name, in: place, ...(description === undefined ? {} : { description }), required, schema };
}

const Fields = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.json())),
  required: z.array(z.string()).default([]),
});

/** The fields of an object's schema. @throws ZodError where it is none: a path and a query are made of fields. */
function fieldsOf(schema: JsonObject): z.output<typeof Fields> {
  return Fields.parse(schema);
}
