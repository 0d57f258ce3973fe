import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { services } from '../../functions/services.ts';
import { jsonSchemaOf } from '../../shared/http/json-schema.ts';
import { asyncApi } from './asyncapi.ts';
import { namedSchemas } from './named-schemas.ts';

describe('the schemas that code is generated from', () => {
  it('every object and every choice of words has a name, by the fields that lead there', () => {
    const colour = z.enum(['red', 'blue']);
    const roof = z.object({
      colour,
      tiles: z.array(z.object({ id: z.string() })),
      byRoom: z.record(z.string(), z.object({ wet: z.boolean() })),
      chimney: z.union([colour, z.string()]),
    });
    const schemas = namedSchemas('roof', jsonSchemaOf(roof, { descriptions: false }));
    expect(Object.keys(schemas)).toEqual([
      'roof',
      'roof.colour',
      'roof.tiles.item',
      'roof.byRoom.value',
      'roof.chimney.choice1',
    ]);
    expect(schemas.roof?.properties).toMatchObject({
      colour: { $ref: '#/components/schemas/roof.colour' },
      tiles: { type: 'array', items: { $ref: '#/components/schemas/roof.tiles.item' } },
    });
  });

  it('the payload of every message has a name', () => {
    const Messages = z.object({
      components: z.object({
        messages: z.record(z.string(), z.object({ payload: z.object({ $ref: z.string() }) })),
        schemas: z.record(z.string(), z.unknown()),
      }),
    });
    const { messages, schemas } = Messages.parse(asyncApi(services)).components;
    for (const { payload } of Object.values(messages))
      expect(schemas).toHaveProperty([payload.$ref.replace('#/components/schemas/', '')]);
  });
});
