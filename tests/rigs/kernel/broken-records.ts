import fc from 'fast-check';
import { services } from '../../../functions/services.ts';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { largestMessageBytes } from '../../../shared/events/message-size.ts';
import { envelopeOf, recordWith } from './records.ts';

/** One event of each contract that there is. */
const events = services.flatMap(({ examples }) => examples.map(({ event }) => event));

/** Values up to what the bus takes: text, bytes that are none (U+FFFD by now), and what JSON is opened by. */
const large = fc
  .tuple(
    fc.constantFrom('x', '\uFFFD', '{}', '[', '{"a":', '\u0000', '\\'),
    fc.constantFrom(1, 70_000, largestMessageBytes),
  )
  .map(([piece, length]) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length));

const garbage = fc.oneof(
  fc.uint8Array().map((bytes) => Buffer.from(bytes).toString()),
  fc.string({ unit: 'binary' }),
  fc.json(),
  large,
);

/** What has no place in most fields: of other types, empty, negative, long, many, deep, no text. */
const misfit: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(undefined, null, true, -1, 1.5, '', '/', '\u0000\uD800', [], {}),
  fc.jsonValue(),
  large,
  fc.constantFrom(1, 60_000).map((length) => Array.from({ length }, () => ({}))),
  fc.constantFrom(200, 3_000).map((levels) => JSON.parse('['.repeat(levels) + ']'.repeat(levels))),
);

/** An event of one of the contracts, broken in some field of its envelope or somewhere in its data. */
const brokenEvent = fc
  .tuple(fc.constantFrom(...events), fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), misfit)
  .map(([event, way, value]) => JSON.stringify(replacedOn(way, envelopeOf(event), value)));

const headers = fc.dictionary(
  fc.oneof(fc.constantFrom('id', 'type', 'traceparent', '__proto__', ''), fc.string({ unit: 'binary' })),
  fc.oneof({ arbitrary: fc.string({ unit: 'binary' }), weight: 9 }, large),
  { maxKeys: 5 },
);

/** A record with whatever may stand on a topic. */
export const whateverArrives: fc.Arbitrary<ReceivedRecord> = fc
  .tuple(
    fc.oneof(garbage, { arbitrary: brokenEvent, weight: 3 }),
    headers,
    fc.option(fc.oneof({ arbitrary: fc.string(), weight: 9 }, large)),
  )
  .map(([value, ofMessage, key]) => ({ ...recordWith(value, ofMessage), key: key ?? undefined }));

/** The value with another one somewhere in it: at each level, the next step of the way says which of its fields. */
function replacedOn([step = 0, ...way]: readonly number[], value: unknown, by: unknown): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const names = Object.keys(value);
  const name = names[step % Math.max(1, names.length)];
  if (name === undefined) return by;
  const inner: unknown = Reflect.get(value, name);
  const next = way.length === 0 ? by : replacedOn(way, inner, by);
  return Array.isArray(value) ? value.with(Number(name), next) : { ...value, [name]: next };
}
