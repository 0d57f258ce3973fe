import { createHash, randomFillSync } from 'node:crypto';
import { parse, v7 } from 'uuid';
import { systemClock } from './clock.ts';

/** Makes identifiers that sort by the time of their making (UUID version 7, RFC 9562). */
export type NewId = () => string;

let latest = { msecs: 0, seq: 0 };

/** Those of one millisecond are counted, from a random number on (RFC 9562, section 6.2, method 2). */
export const newId: NewId = () => {
  const random = randomBytesOfAnId();
  const msecs = systemClock.now().getTime();
  const isFirst = msecs > latest.msecs;
  latest = isFirst ? { msecs, seq: random.readUInt32BE(6) >>> 1 } : { ...latest, seq: latest.seq + 1 };
  return v7({ ...latest, random });
};

/** Sixteen random bytes in hexadecimal: a trace id (W3C Trace Context, section 3.2.2.3). */
export function randomHex(): string {
  return randomBytesOfAnId().toString('hex');
}

const bytesOfAnId = 16;
const stock = Buffer.alloc(256 * bytesOfAnId);
let taken = stock.length;

/** From a stock: to ask the system for these alone costs as much as to ask it for all of them. */
function randomBytesOfAnId(): Buffer {
  if (taken === stock.length) {
    randomFillSync(stock);
    taken = 0;
  }
  taken += bytesOfAnId;
  return stock.subarray(taken - bytesOfAnId, taken);
}

const latestMs = 2 ** 48 - 1;

/** Where the ids begin that `newId` makes from that time on: what was made before comes before this text. */
export function idsFrom(time: Date): string {
  const milliseconds = Math.min(Math.max(0, time.getTime()), latestMs).toString(16).padStart(12, '0');
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}`;
}

/** Where the ids begin that were made so many milliseconds after this one, or before it. */
export function idsAfter(id: string, milliseconds: number): string {
  const madeAt = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  return idsFrom(new Date(madeAt + milliseconds));
}

/** When an id of `newId` was made: its first 48 bits are milliseconds (RFC 9562, section 5.7). @throws TypeError for no UUID */
export function timeOfId(id: string): Date {
  return new Date(Number.parseInt(Buffer.from(parse(id).subarray(0, 6)).toString('hex'), 16));
}

/**
 * Makes the identifiers of one piece of work repeatable: the n-th id is a function of the seed and n, so that a request sent
 * again under the same idempotency key, or an event delivered again, meets what the first one made. UUID version 8 (RFC 9562,
 * section 5.8) over SHA-256.
 */
export function repeatableIds(...seed: readonly string[]): NewId {
  let count = 0;
  return () => {
    count += 1;
    return uuidOf(hashOf([...seed, String(count)]));
  };
}

/** SHA-256, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256, in hexadecimal, of a list of texts; different lists have different hashes. */
export function hashOf(parts: readonly string[]): string {
  return sha256(JSON.stringify(parts));
}

function uuidOf(hash: string): string {
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
