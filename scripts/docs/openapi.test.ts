import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { services } from '../../functions/services.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { form } from '../../shared/http/bodies/form.ts';
import type { JsonObject } from '../../shared/http/json-schema.ts';
import { ComponentSchemas } from '../../shared/serving/openapi/component-schemas.ts';
import { openApi } from '../../shared/serving/openapi/open-api.ts';
import { pathsOf } from '../../shared/serving/openapi/route-paths.ts';

const document = openApi(services);

const Described = z.object({
  tags: z.array(z.object({ name: z.string(), description: z.string().min(10) })),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ operationId: z.string(), summary: z.string().min(10), responses: z.record(z.string(), z.unknown()) }),
    ),
  ),
});

describe('the OpenAPI document', () => {
  it('the OpenAPI document is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect({ valid, errors, version: validator.version }).toEqual({ valid: true, errors: undefined, version: '3.1' });
  });

  it('the OpenAPI document has the version of the package', () => {
    expect(document.info).toMatchObject({ version: packageJson.version });
  });

  it('the OpenAPI document has no dangling reference', () => {
    const refs = [...new Set(JSON.stringify(document).match(/"#\/[^"]+"/g))].map((ref) => JSON.parse(ref));
    expect(refs.filter((ref) => at(document, ref) === undefined)).toEqual([]);
  });

  it('the OpenAPI document has every endpoint by its name, and no operation id twice', () => {
    const ids = Object.values(Described.parse(document).paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    const names = services.flatMap(({ endpoints }) => endpoints.map(({ name }) => name));
    expect(ids).toEqual(expect.arrayContaining(names));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('the OpenAPI document says of every operation that headers may be too large', () => {
    const operations = Object.values(Described.parse(document).paths).flatMap((path) => Object.values(path));
    for (const { operationId, responses } of operations) expect(responses, operationId).toHaveProperty('431');
  });

  it('the OpenAPI document declares the two decimals of a price, and takes any traceparent', () => {
    expect(at(document, '#/components/schemas/CreateProduct/properties/price')).toMatchObject({ multipleOf: 0.01 });
    expect(at(document, '#/components/parameters/Traceparent/schema')).not.toHaveProperty('pattern');
  });

  it('the OpenAPI document describes every service in a tag', () => {
    expect(Described.parse(document).tags.map(({ name }) => name)).toEqual(services.map(({ name }) => name).toSorted());
  });
});

const Body = z.object({ content: z.record(z.string(), z.object({ schema: z.looseObject({}) })) });
const Bodies = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ operationId: z.string(), requestBody: Body.optional() })),
  ),
});

/** Each part of a schema, by its pointer; what it refers to is followed, so a schema that is in two bodies is there twice. */
function partsOf(schema: unknown, pointer: string): readonly (readonly [pointer: string, part: object])[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const ref: unknown = Reflect.get(schema, '$ref');
  if (typeof ref === 'string') return partsOf(at(document, ref), pointer);
  return [[pointer, schema], ...Object.entries(schema).flatMap(([key, part]) => partsOf(part, `${pointer}/${key}`))];
}

describe('a request body, as generators of clients read it', () => {
  const bodies = Object.values(Bodies.parse(document).paths)
    .flatMap((path) => Object.values(path))
    .flatMap(({ operationId, requestBody }) =>
      Object.entries(requestBody?.content ?? {}).map(([mediaType, { schema }]) => ({ operationId, mediaType, schema })),
    );
  const parts = bodies.flatMap(({ operationId, schema }) => partsOf(schema, operationId));

  it('a request body tells what a field is when it is left out in words: as a default it becomes required in clients', () => {
    expect(parts.filter(([pointer, part]) => 'default' in part && !pointer.endsWith('/properties'))).toEqual([]);
    expect(at(document, '#/components/schemas/PlaceOrder/properties/location')).toMatchObject({
      description: 'Place that holds stock. Left out, it is `main`',
    });
  });

  it('a request body has no list that must not repeat: in Java it becomes a set, which a list of names is not', () => {
    expect(parts.filter(([, part]) => 'uniqueItems' in part)).toEqual([]);
  });

  it('a form has no field whose few values would be a type of the same name as in its schema', () => {
    const forms = bodies.filter(({ mediaType }) => mediaType === form.mediaType);
    const typed = forms.flatMap(({ operationId, schema }) => partsOf(schema, operationId));
    const isTyped = ([pointer, part]: readonly [string, object]) =>
      pointer.includes('/properties/') && ('enum' in part || 'const' in part);
    expect(forms.length).toBeGreaterThan(0);
    expect(typed.filter(isTyped)).toEqual([]);
  });
});

function at(root: JsonObject, pointer: string): unknown {
  return pointer
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((value, key) => (value instanceof Object ? Reflect.get(value, key) : undefined), root);
}

describe('the OpenAPI paths of a route', () => {
  it('a route becomes an OpenAPI path without constraints', () => {
    expect(pathsOf('api/v1/users/{id:guid}/roles')).toEqual([{ path: '/api/v1/users/{id}/roles', parameters: ['id'] }]);
  });

  it('a route with an optional end becomes two OpenAPI paths', () => {
    expect(pathsOf('health/{part?}')).toEqual([
      { path: '/health', parameters: [] },
      { path: '/health/{part}', parameters: ['part'], optional: 'part' },
    ]);
  });
});

describe('a named schema', () => {
  const Thing = z.object({ id: z.string() }).meta({ id: 'Thing', example: { id: 'x' } });

  it('a named schema is listed among the components and referenced wherever it is used', () => {
    const schemas = new ComponentSchemas();
    expect(schemas.of(Thing)).toEqual({ $ref: '#/components/schemas/Thing' });
    expect(schemas.of(z.array(Thing))).toEqual({ type: 'array', items: { $ref: '#/components/schemas/Thing' } });
    expect(schemas.all()).toEqual({
      Thing: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], examples: [{ id: 'x' }] },
    });
  });

  it('two different schemas of the same name are refused', () => {
    const schemas = new ComponentSchemas();
    schemas.of(Thing);
    expect(() => schemas.of(z.object({ id: z.int() }).meta({ id: 'Thing' }))).toThrow('two schemas are called Thing');
  });
});
