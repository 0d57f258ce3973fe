import { BlobError } from './blob-error.ts';
import type { Blob } from './blob-store.ts';

/** Which part of a container's list is asked for. */
export interface ListQuery {
  /** Names that have it behind the prefix are one entry, up to and with it: as folders are. */
  readonly delimiter: string;
  readonly prefix: string;
  /** Where the page before ended. */
  readonly marker: string;
  readonly maxResults: number;
}

/** A blob, or what several names begin with. */
type Entry = { readonly name: string; readonly blob?: Blob };

/** In one page: who asks for more gets as many (learn.microsoft.com/rest/api/storageservices/list-blobs). */
const mostResults = 5_000;

/** @throws BlobError when a page of no results is asked for. */
export function listQueryIn(query: URLSearchParams): ListQuery {
  const wished = Number(query.get('maxresults') ?? mostResults);
  if (!Number.isInteger(wished) || wished < 1)
    throw new BlobError('OutOfRangeQueryParameterValue', 'maxresults is a whole number from 1');
  const text = (name: string) => query.get(name) ?? '';
  const maxResults = Math.min(wished, mostResults);
  return { prefix: text('prefix'), delimiter: text('delimiter'), marker: text('marker'), maxResults };
}

/** A page of a list, as XML. @param blobs those under the prefix, in the order of their names */
export function listing(container: string, blobs: readonly Blob[], query: ListQuery): string {
  const rest = entriesOf(blobs, query).filter(({ name }) => name > query.marker);
  const page = rest.slice(0, query.maxResults);
  const nextMarker = rest.length > page.length ? (page.at(-1)?.name ?? '') : '';
  return `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="${escaped(container)}"><Blobs>${page.map(written).join('')}</Blobs><NextMarker>${escaped(nextMarker)}</NextMarker></EnumerationResults>`;
}

function entriesOf(blobs: readonly Blob[], { prefix, delimiter }: ListQuery): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const blob of blobs) {
    const end = delimiter === '' ? -1 : blob.name.indexOf(delimiter, prefix.length);
    const entry = end === -1 ? { name: blob.name, blob } : { name: blob.name.slice(0, end + delimiter.length) };
    entries.set(entry.name, entry);
  }
  return [...entries.values()];
}

function written({ name, blob }: Entry): string {
  if (blob === undefined) return `<BlobPrefix><Name>${escaped(name)}</Name></BlobPrefix>`;
  const { lastModified, etag, metadata, size, contentType } = blob;
  const properties = `<Last-Modified>${lastModified.toUTCString()}</Last-Modified><Etag>${etag}</Etag><Content-Length>${size}</Content-Length><Content-Type>${escaped(contentType)}</Content-Type><BlobType>BlockBlob</BlobType>`;
  const own = Object.entries(metadata).map(([key, value]) => `<${key}>${escaped(value)}</${key}>`);
  return `<Blob><Name>${escaped(name)}</Name><Properties>${properties}</Properties><Metadata>${own.join('')}</Metadata></Blob>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
