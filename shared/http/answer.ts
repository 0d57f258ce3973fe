/** What a handler answers; the wrapper adds what every answer has and writes the body by its schema. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** 200; with a version, the answer gets an ETag that `If-Match` takes. */
export function ok<Body>(body: Body, version?: number): Answer<Body> {
  return { status: 200, headers: etag(version), body };
}

/** 201, and where the new thing is. */
export function created<Body>(location: string, body: Body, version?: number): Answer<Body> {
  return { status: 201, headers: { location, ...etag(version) }, body };
}

/** 204: done, and there is nothing to say of it. */
export function noContent(): Answer<undefined> {
  return { status: 204, headers: {}, body: undefined };
}

/** 202: taken, and that is all that is said of it. */
export function acknowledged(): Answer<undefined> {
  return { status: 202, headers: {}, body: undefined };
}

/** 202, and where to see how far it is. */
export function accepted<Body>(location: string, body: Body, version?: number): Answer<Body> {
  return { status: 202, headers: { location, ...etag(version) }, body };
}

/** The entity tag of a version (RFC 9110, section 8.8.3). */
export function etagOf(version: number): string {
  return `"${version}"`;
}

function etag(version: number | undefined): Readonly<Record<string, string>> {
  return version === undefined ? {} : { etag: etagOf(version) };
}
