import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../write-whole.ts';
import { BlobError } from './blob-error.ts';

const Blob = z.object({
  name: z.string(),
  etag: z.string(),
  lastModified: z.coerce.date(),
  metadata: z.record(z.string(), z.string()),
  contentType: z.string().default('application/octet-stream'),
  /** In bytes. What there is was written before contents were kept, where it is missing. */
  size: z.int().default(0),
});
export type Blob = z.output<typeof Blob>;

/** What is written. */
export interface BlobContent {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** What must be so for a write to happen: the blob has this ETag, or does not exist. */
export interface Condition {
  readonly ifMatch?: string | undefined;
  readonly ifNew?: boolean;
}

type Container = Map<string, Blob>;

const nothing: BlobContent = { bytes: new Uint8Array(), contentType: 'application/octet-stream' };

/** A file system takes no longer name. */
const longestName = 180;

/**
 * Blobs: what is known of one is a file, read at the start, and its content is another, named after its ETag. The content is
 * written first, so that a crash leaves the old blob or the new one.
 */
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

  /** Makes the blob, or replaces it. @throws BlobError */
  put(
    container: string,
    name: string,
    {
      content = nothing,
      metadata,
      condition,
    }: Pick<Blob, 'metadata'> & { content?: BlobContent; condition: Condition },
  ): Blob {
    const blobs = this.#container(container);
    const old = blobs.get(name);
    refuse(name, old, condition);
    if (encodeURIComponent(name).length > longestName)
      throw new BlobError('OutOfRangeInput', `the name of a blob has at most ${longestName} characters here`);
    const { bytes, contentType } = content;
    const blob = { name, ...this.#stamp(), metadata, contentType, size: bytes.length };
    if (blob.size > 0) writeWhole(this.#contentFile(container, blob), bytes);
    this.#write(container, blob);
    if (old !== undefined) rmSync(this.#contentFile(container, old), { force: true });
    return blob;
  }

  /** What the blob has in it. @throws BlobError when it is not there. */
  read(container: string, name: string): { readonly blob: Blob; readonly bytes: Uint8Array } {
    const blob = this.#blob(container, name);
    return { blob, bytes: blob.size === 0 ? nothing.bytes : readFileSync(this.#contentFile(container, blob)) };
  }

  /** @throws BlobError when it is not there. */
  setMetadata(container: string, name: string, metadata: Blob['metadata'], condition: Condition): Blob {
    const old = this.#blob(container, name);
    const { bytes, blob } = this.read(container, name);
    refuse(name, old, condition);
    return this.put(container, name, { content: { bytes, contentType: blob.contentType }, metadata, condition });
  }

  /** @throws BlobError when it is not there. */
  remove(container: string, name: string): void {
    const blob = this.#blob(container, name);
    this.#container(container).delete(name);
    rmSync(this.#metaFile(container, name));
    rmSync(this.#contentFile(container, blob), { force: true });
  }

  #stamp(): Pick<Blob, 'etag' | 'lastModified'> {
    this.#writes += 1;
    const lastModified = new Date();
    return { lastModified, etag: `0x${lastModified.getTime().toString(16)}${this.#writes.toString(16)}`.toUpperCase() };
  }

  #write(container: string, blob: Blob): void {
    writeWhole(this.#metaFile(container, blob.name), JSON.stringify(blob));
    this.#container(container).set(blob.name, blob);
  }

  #metaFile(container: string, name: string): string {
    return path.join(this.#folder, container, encodeURIComponent(name));
  }

  /** No encoded name has a percent sign that is not before two hexadecimal digits. */
  #contentFile(container: string, { name, etag }: Blob): string {
    return `${this.#metaFile(container, name)}${contentMark}${etag}`;
  }

  #blob(container: string, name: string): Blob {
    const blob = this.#container(container).get(name);
    if (blob === undefined) throw new BlobError('BlobNotFound', `there is no blob ${name}`);
    return blob;
  }

  #container(name: string): Container {
    const container = this.#containers.get(name);
    if (container === undefined) throw new BlobError('ContainerNotFound', `there is no container ${name}`);
    return container;
  }
}

const contentMark = '%content-';

function refuse(name: string, old: Blob | undefined, { ifNew, ifMatch }: Condition): void {
  if (ifNew && old !== undefined) throw new BlobError('BlobAlreadyExists', `the blob ${name} exists`);
  if (ifMatch !== undefined && old?.etag !== ifMatch)
    throw new BlobError('ConditionNotMet', `the blob ${name} has another ETag`);
}

/** Drafts and contents that no blob names are what a crash has left of writes that nobody was told of. */
function readContainer(folder: string): Container {
  const all = readdirSync(folder);
  const files = all.filter((file) => !file.endsWith('.tmp') && !file.includes(contentMark));
  const blobs = files.map((file) => Blob.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))));
  const named = new Set(blobs.map(({ name, etag }) => `${encodeURIComponent(name)}${contentMark}${etag}`));
  for (const file of all.filter((one) => one.endsWith('.tmp') || one.includes(contentMark)))
    if (!named.has(file)) rmSync(path.join(folder, file), { force: true });
  return new Map(blobs.map((blob) => [blob.name, blob]));
}
