import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Parser } from '@asyncapi/parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { examples } from '../../shared/events/contracts/contracts.examples.ts';
import { knownEvents } from '../../shared/events/registry.ts';
import { topics } from '../../shared/events/topics.ts';
import { configuration } from './configuration.ts';
import { generatedDocs } from './generated-docs.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('a generated document', () => {
  it.each(generatedDocs())('is what the code makes: $path', ({ path: file, text }) => {
    expect(read(file), `${file} is out of date: run npm run docs and commit it`).toBe(text);
  });
});

describe('docs/asyncapi.yaml', () => {
  let parsed: Awaited<ReturnType<Parser['parse']>>;
  beforeAll(async () => {
    parsed = await new Parser().parse(read('docs/asyncapi.yaml'));
  });

  it('is valid AsyncAPI', () => {
    expect(parsed.diagnostics.filter(({ severity }) => severity <= 1)).toEqual([]);
    expect(parsed.document?.version()).toBe('3.0.0');
  });

  it('has every topic, and on it every event with its key', () => {
    const channels = parsed.document?.channels().all() ?? [];
    expect(channels.map((channel) => channel.address()).toSorted()).toEqual(topics.toSorted());
    const keys = channels.flatMap((channel) =>
      channel
        .messages()
        .all()
        .map((message) => {
          const { key } = message.bindings().get('kafka')?.value() ?? {};
          return [channel.address(), message.name(), key?.description];
        }),
    );
    expect(keys.map(([topic, type]) => [topic, type]).toSorted()).toEqual(
      knownEvents.map(({ topic, type }) => [topic, type]).toSorted(),
    );
    expect(keys).toContainEqual(['order-events', 'order.created', '{location}']);
    expect(keys).toContainEqual(['inventory-events', 'inventory.stock.updated', '{location}/{itemId}']);
    expect(keys).toContainEqual(['identity-events', 'user.created', '{userId}']);
  });

  it('describes what is really sent: the data of every example fit their schema', () => {
    const schemas = parsed.document?.components().schemas();
    for (const { type, data, definition } of examples) {
      const schema = schemas?.get(`${type}.${definition.version}`)?.json();
      const asZod = z.fromJSONSchema(JSON.parse(JSON.stringify(schema)));
      expect(asZod.safeParse(JSON.parse(JSON.stringify(data))), type).toMatchObject({ success: true });
      expect(asZod.safeParse({ ...Object(data), [Object.keys(Object(data))[0] ?? '']: null }).success, type).toBe(
        false,
      );
    }
  });

  it('tells who reacts to what', () => {
    const operation = parsed.document?.operations().get('inventory-on-order-events');
    expect(operation?.isReceive()).toBe(true);
    expect(
      operation
        ?.messages()
        .all()
        .map((message) => message.name()),
    ).toContain('order.created');
  });
});

describe('docs/configuration.md', () => {
  it('says of a setting what it means, what it may be and what it is by default', () => {
    const text = configuration(
      [],
      z.object({
        COLOUR: z.enum(['red', 'blue']).default('red').describe('Colour of the roof'),
        HEIGHT: z.coerce.number().int().min(1).max(9).default(3).describe('Floors'),
        OWNER: z.string().describe('Who | whose'),
      }),
    );
    expect(text.split('\n').slice(-4, -1)).toEqual([
      '| `COLOUR` | `red` | `red` or `blue` | Colour of the roof |',
      '| `HEIGHT` | `3` | whole number from 1 to 9 | Floors |',
      '| `OWNER` | **required** | text | Who \\| whose |',
    ]);
  });

  it('refuses a setting that does not say what it means', () => {
    expect(() => configuration([], z.object({ COLOUR: z.string() }))).toThrow('COLOUR');
  });
});
