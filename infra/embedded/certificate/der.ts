/** The few values of ASN.1 that a certificate is made of, in DER (ITU-T X.690). Each function gives a whole value. */

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
};

export const sequence = (...parts: readonly Buffer[]) => value(tags.sequence, Buffer.concat(parts));
export const set = (...parts: readonly Buffer[]) => value(tags.set, Buffer.concat(parts));
export const utf8String = (text: string) => value(tags.utf8String, Buffer.from(text));
export const octetString = (bytes: Buffer) => value(tags.octetString, bytes);
export const boolean = (truth: boolean) => value(tags.boolean, Buffer.of(truth ? 0xff : 0));

/** Whole bytes only: the leading zero says that no bit of the last one is unused. */
export const bitString = (bytes: Buffer) => value(tags.bitString, Buffer.concat([Buffer.of(0), bytes]));

/** A number that is not negative, from its bytes, highest first. */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const magnitude = first === -1 ? Buffer.of(0) : bytes.subarray(first);
  const looksNegative = (magnitude[0] ?? 0) >= 0x80;
  return value(tags.integer, looksNegative ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude);
}

/** `1.2.840.10045.4.3.2` */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return value(tags.objectIdentifier, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** To the second, in UTC (RFC 5280, section 4.1.2.5.2). */
export function generalizedTime(time: Date): Buffer {
  const text = `${time.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  return value(tags.generalizedTime, Buffer.from(text));
}

/** `[n]` around whole values (explicit tagging, constructed). */
export const explicit = (number: number, inner: Buffer) => value(0xa0 | number, inner);

/** `[n]` in place of a value's own tag (implicit tagging, primitive). */
export const implicit = (number: number, content: Buffer) => value(0x80 | number, content);

function value(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag), length(content.length), content]);
}

function length(count: number): Buffer {
  if (count < 0x80) return Buffer.of(count);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(count);
  const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.of(0x80 | significant.length), significant]);
}

/** Seven bits a byte, highest first, all but the last marked. */
function base128(number: number): number[] {
  const digits = [number & 0x7f];
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}
