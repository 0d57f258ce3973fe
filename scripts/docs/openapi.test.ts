import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { services } from '../../functions/services.ts';
import packageJson from '../../package.json' with { type: 'json' };
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

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect({ valid, errors, version: validator.version }).toEqual({ valid: true, errors: undefined, version: '3.1' });
  });

  it('has the version of the package', () => {
    expect(document.info).toMatchObject({ version: packageJson.version });
  });

  it('points at nothing that it does not have', () => {
    const refs = [...new Set(JSON.stringify(document).match(/"#\/[^"]+"/g))].map((ref) => JSON.parse(ref));
    expect(refs.filter((ref) => at(document, ref) === undefined)).toEqual([]);
  });

  it('has every endpoint by its name, and each name once', () => {
    const ids = Object.values(Described.parse(document).paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    const names = services.flatMap(({ endpoints }) => endpoints.map(({ name }) => name));
    expect(ids).toEqual(expect.arrayContaining(names));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('says of every service what it is for', () => {
    expect(Described.parse(document).tags.map(({ name }) => name)).toEqual(services.map(({ name }) => name).toSorted());
  });
});

function at(root: JsonObject, pointer: string): unknown {
  return pointer
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((value, key) => (value instanceof Object ? Reflect.get(value, key) : undefined), root);
}

describe('a route', () => {
  it('is a path, without its constraints', () => {
    expect(pathsOf('api/v1/users/{id:guid}/roles')).toEqual([{ path: '/api/v1/users/{id}/roles', parameters: ['id'] }]);
  });

  it('whose end may be left out is two', () => {
    expect(pathsOf('health/{part?}')).toEqual([
      { path: '/health', parameters: [] },
      { path: '/health/{part}', parameters: ['part'], optional: 'part' },
    ]);
  });
});

describe('a schema with a name', () => {
  const Thing = z.object({ id: z.string() }).meta({ id: 'Thing', example: { id: 'x' } });

  it('stands among the components, and is referred to wherever it is used', () => {
    const schemas = new ComponentSchemas();
    expect(schemas.of(Thing)).toEqual({ $ref: '#/components/schemas/Thing' });
    expect(schemas.of(z.array(Thing))).toEqual({ type: 'array', items: { $ref: '#/components/schemas/Thing' } });
    expect(schemas.all()).toEqual({
      Thing: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], examples: [{ id: 'x' }] },
    });
  });

  it('cannot be two', () => {
    const schemas = new ComponentSchemas();
    schemas.of(Thing);
    expect(() => schemas.of(z.object({ id: z.int() }).meta({ id: 'Thing' }))).toThrow('two schemas are called Thing');
  });
});
