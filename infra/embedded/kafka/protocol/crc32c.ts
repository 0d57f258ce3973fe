/** CRC-32C (Castagnoli, reflected), RFC 3720 appendix B.4. Record batches are protected by it. */
const polynomial = 0x82f63b78;

/** Tables for eight bytes at a time ("slicing by 8"): table k is the CRC of a byte followed by k zero bytes. */
const tables: readonly Int32Array[] = buildTables();

function buildTables(): Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
  const all = [first];
  for (let k = 1; k < 8; k++) {
    const previous = all[k - 1] ?? first;
    all.push(previous.map((crc) => (crc >>> 8) ^ at(first, crc & 255)));
  }
  return all;
}

function at(table: Int32Array, index: number): number {
  return table[index] ?? 0;
}

const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** The checksum of `bytes[from, to)`, as an unsigned number. */
export function crc32c(bytes: Buffer, from = 0, to = bytes.length): number {
  let crc = -1;
  let i = from;
  for (; i + 8 <= to; i += 8) {
    const low = crc ^ bytes.readInt32LE(i);
    crc =
      at(t7, low & 255) ^
      at(t6, (low >>> 8) & 255) ^
      at(t5, (low >>> 16) & 255) ^
      at(t4, low >>> 24) ^
      at(t3, bytes[i + 4] ?? 0) ^
      at(t2, bytes[i + 5] ?? 0) ^
      at(t1, bytes[i + 6] ?? 0) ^
      at(t0, bytes[i + 7] ?? 0);
  }
  for (; i < to; i++) crc = (crc >>> 8) ^ at(t0, (crc ^ (bytes[i] ?? 0)) & 255);
  return ~crc >>> 0;
}
