import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../write-whole.ts';
import { BlobError } from './blob-error.ts';

const Blob = z.object({
  name: z.string(),
  etag: z.string(),
  lastModified: z.coerce.date(),
  metadata: z.record(z.string(), z.string()),
});
export type Blob = z.output<typeof Blob>;

/** What must be so for a write to happen: the blob has this ETag, or does not exist. */
export interface Condition {
  readonly ifMatch?: string | undefined;
  readonly ifNew?: boolean;
}

type Container = Map<string, Blob>;

/** Blobs of which the metadata is all there is: a file each, read at the start. */
export class BlobStore {
  readonly #folder: string;
  readonly #containers = new Map<string, Container>();
  #writes = 0;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) this.#containers.set(name, readContainer(path.join(folder, name)));
  }

  /** @throws BlobError when it is there. */
  createContainer(name: string): void {
    if (this.#containers.has(name)) throw new BlobError('ContainerAlreadyExists', `the container ${name} exists`);
    mkdirSync(path.join(this.#folder, name));
    this.#containers.set(name, new Map());
  }

  /** Those whose name begins with the prefix, in the order of their names. @throws BlobError */
  list(container: string, prefix: string): readonly Blob[] {
    const found = [...this.#container(container).values()].filter(({ name }) => name.startsWith(prefix));
    return found.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Makes the blob, or gives it this metadata. @throws BlobError */
  put(container: string, name: string, metadata: Blob['metadata'], condition: Condition): Blob {
    const blobs = this.#container(container);
    const old = blobs.get(name);
    if (condition.ifNew && old !== undefined) throw new BlobError('BlobAlreadyExists', `the blob ${name} exists`);
    if (condition.ifMatch !== undefined && old?.etag !== condition.ifMatch)
      throw new BlobError('ConditionNotMet', `the blob ${name} has another ETag`);
    this.#writes += 1;
    const lastModified = new Date();
    const etag = `0x${lastModified.getTime().toString(16)}${this.#writes.toString(16)}`.toUpperCase();
    const blob = { name, etag, lastModified, metadata };
    writeWhole(path.join(this.#folder, container, encodeURIComponent(name)), JSON.stringify(blob));
    blobs.set(name, blob);
    return blob;
  }

  /** @throws BlobError when it is not there. */
  setMetadata(container: string, name: string, metadata: Blob['metadata'], condition: Condition): Blob {
    if (!this.#container(container).has(name)) throw new BlobError('BlobNotFound', `there is no blob ${name}`);
    return this.put(container, name, metadata, condition);
  }

  #container(name: string): Container {
    const container = this.#containers.get(name);
    if (container === undefined) throw new BlobError('ContainerNotFound', `there is no container ${name}`);
    return container;
  }
}

function readContainer(folder: string): Container {
  // A draft is what a crash has left of a write that nobody was told of.
  const files = readdirSync(folder).filter((file) => !file.endsWith('.tmp'));
  const blobs = files.map((file) => Blob.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))));
  return new Map(blobs.map((blob) => [blob.name, blob]));
}
