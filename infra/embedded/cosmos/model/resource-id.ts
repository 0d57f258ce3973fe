/**
 * The `_rid` of a resource, as the service lays it out: four bytes for the database, four more for the container, eight
 * more for the document, in base64 with `-` for `/` (it stands in paths).
 */
export function databaseRid(database: number): string {
  return encoded(databaseBytes(database, 4));
}

/** The SDK recognizes a container's `_rid` by its eight bytes (its session container checks the length). */
export function containerRid(database: number, container: number): string {
  return encoded(containerBytes(database, container, 8));
}

/** The `_rid` of the document with this number in its container. */
export function documentRid(database: number, container: number, document: number): string {
  const bytes = containerBytes(database, container, 16);
  bytes.writeBigUInt64LE(BigInt(document), 8);
  return encoded(bytes);
}

function databaseBytes(database: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(database, 0);
  return bytes;
}

function containerBytes(database: number, container: number, length: number): Buffer {
  const bytes = databaseBytes(database, length);
  // The highest bit tells a container from a user.
  bytes.writeUInt32BE((0x80000000 + container) >>> 0, 4);
  return bytes;
}

const encoded = (bytes: Buffer) => bytes.toString('base64').replaceAll('/', '-');
