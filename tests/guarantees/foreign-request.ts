import fc from 'fast-check';
import { z } from 'zod';
import type { Endpoint } from '../../shared/capabilities/endpoint.ts';
import type { TenantWorld } from './tenant-world.ts';

/** A request to an endpoint, as text. */
export interface ForeignRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** What people send to see what breaks. */
export const hostileTexts: readonly string[] = [
  ...["'", "' OR 1=1 --", '"; DROP TABLE c; --', '{"a":1}', '../../etc/passwd', 'a/b', 'a\\b?#&='],
  ...['\u0000', 'ü𝒳🙂\u202e', '\ud800', 'x'.repeat(3_000)],
  ...['-1', '99999999999999999999', '1e309', '', '__proto__'],
];

/** Continuations that no list gave out, and such as could lead out of a list. */
export const hostileContinuations: readonly string[] = [
  ...hostileTexts,
  ...hostileTexts.flatMap((text) =>
    [{ after: text }, { bucket: text, after: 'x' }, { bucket: '2026-11-22', after: text }].map(encoded),
  ),
  ...[null, 1, [], {}, { after: 1 }, { after: ['a'] }, { after: { a: 1 } }, { bucket: 'a:b', after: '' }].map(encoded),
];

function encoded(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

const JsonSchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** What is like what a schema takes, or nearly, and names what is somebody else's. */
function arbitraryOf(schema: unknown, texts: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const { type, enum: choices, properties = {}, required, items, anyOf } = JsonSchema.parse(schema);
  if (choices !== undefined) return fc.oneof(fc.constantFrom(...choices), texts);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((one) => arbitraryOf(one, texts)));
  if (type === 'integer') return fc.oneof(fc.integer({ min: -1, max: 200 }), fc.constantFrom(1e21, 2 ** 53, 0.5));
  if (type === 'number') return fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.double());
  if (type === 'boolean') return fc.boolean();
  if (type === 'array') return fc.array(arbitraryOf(items ?? {}, texts), { maxLength: 3 });
  if (type !== 'object') return texts;
  const fields = Object.entries(properties).map(([name, of]) => [name, arbitraryOf(of, texts)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required });
}

/** The parameters of a route, each with what stands before it: `orders/{id}`. */
export function parametersOf({ route }: Pick<Endpoint, 'route'>): readonly string[] {
  return [...route.matchAll(/[^/]+\/\{\w+/g)].map(([text]) => `${text}}`);
}

/** The path with these values in the place of its parameters. @throws Error for a parameter that nobody has thought of. */
export function pathOf(endpoint: Pick<Endpoint, 'route'>, valueFor: (parameter: string) => string | undefined): string {
  const path = endpoint.route.replaceAll(/([^/]+)\/\{(\w+)[^}]*\}/g, (_, before: string, name: string) => {
    const value = valueFor(`${before}/{${name}}`);
    if (value === undefined) throw new Error(`${before}/{${name}}: say in tenant-world.ts what it names`);
    return `${before}/${encodeURIComponent(value.toWellFormed())}`;
  });
  return `/${path}`;
}

/** The fields that a schema of an endpoint takes. */
export function fieldsOf(schema: z.ZodType | undefined): Readonly<Record<string, unknown>> {
  return schema === undefined ? {} : (JsonSchema.parse(jsonSchemaOf(schema)).properties ?? {});
}

function jsonSchemaOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

/**
 * Requests to an endpoint that try to get at a world: its ids, its names, its continuations, its tenant, its key. On a public
 * route `x-tenant` is no lie but how a client of that tenant asks, so there it names the stranger's own.
 */
export function foreignRequest(
  endpoint: Endpoint,
  world: TenantWorld,
  { tenant, continuations }: { readonly tenant: string; readonly continuations: readonly string[] },
): fc.Arbitrary<ForeignRequest> {
  const claimed = endpoint.roles === 'public' ? tenant : world.shop.tenant;
  const texts = fc.oneof({ arbitrary: fc.constantFrom(...world.names), weight: 4 }, fc.constantFrom(...hostileTexts));
  const query = Object.entries(fieldsOf(endpoint.query)).map(([name, schema]) => {
    const taken = fc.constantFrom(...continuations, ...world.names);
    return [name, name === 'continuation' ? taken : arbitraryOf(schema, texts)] as const;
  });
  const ids = fc.record(
    Object.fromEntries(
      parametersOf(endpoint).map((name) => {
        const own = world.ids[name];
        if (own === undefined) throw new Error(`${name}: say in tenant-world.ts what it names`);
        return [name, fc.oneof({ arbitrary: fc.constant(own), weight: 4 }, texts)];
      }),
    ),
  );
  return fc
    .record({
      ids,
      query: fc.record(Object.fromEntries(query), { requiredKeys: [] }),
      body:
        endpoint.body === undefined ? fc.constant(undefined) : arbitraryOf(jsonSchemaOf(endpoint.body.schema), texts),
      key: fc.constantFrom(undefined, world.key),
    })
    .map(({ ids: chosen, query: asked, body, key }) => ({
      method: endpoint.method,
      path: `${pathOf(endpoint, (name) => chosen[name])}${queryText(asked)}`,
      body,
      headers: { 'x-tenant': claimed, ...(key === undefined ? {} : { 'idempotency-key': key }) },
    }));
}

/** A query of these fields. */
export function queryText(fields: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(fields).map(
    ([name, value]) => `${name}=${encodeURIComponent(wellFormed(String(value)))}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Half a character has no place in a URL. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
