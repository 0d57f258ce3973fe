const twoToThe32 = 0x1_0000_0000;

/**
 * Reads a 64-bit integer as a number: exact up to 2^53, which no offset or timestamp here reaches, and several times
 * faster than a BigInt.
 */
export function readInt64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * twoToThe32 + bytes.readUInt32BE(at + 4);
}

/** Writes a whole number as a 64-bit integer. */
export function writeInt64(bytes: Buffer, value: number, at: number): void {
  const high = Math.floor(value / twoToThe32);
  bytes.writeInt32BE(high, at);
  bytes.writeUInt32BE(value - high * twoToThe32, at + 4);
}
