export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
}

/** Calls the API as any client does: JSON in, JSON out, a bearer token. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string | undefined;
  /** Who calls: the `sub` of the token. */
  readonly userId: string;

  constructor(url: string, token?: string, userId = 'nobody') {
    this.#url = url;
    this.#token = token;
    this.userId = userId;
  }

  get = <T = unknown>(path: string, options?: CallOptions) => this.call<T>('GET', path, undefined, options);
  post = <T = unknown>(path: string, body?: unknown, options?: CallOptions) =>
    this.call<T>('POST', path, body, options);
  put = <T = unknown>(path: string, body?: unknown, options?: CallOptions) => this.call<T>('PUT', path, body, options);
  patch = <T = unknown>(path: string, body?: unknown, options?: CallOptions) =>
    this.call<T>('PATCH', path, body, options);
  delete = <T = unknown>(path: string, options?: CallOptions) => this.call<T>('DELETE', path, undefined, options);

  async call<T>(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer<T>> {
    const response = await this.#fetch(method, path, body, options);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) as T };
  }

  /** A file as it comes. */
  async download(path: string): Promise<Answer<Buffer>> {
    const response = await this.#fetch('GET', path);
    const { status, headers } = response;
    return { status, headers, body: Buffer.from(await response.arrayBuffer()) };
  }

  #fetch(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Response> {
    return fetch(new URL(path, this.#url), {
      method,
      headers: {
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }
}

/** The body of an answer. @throws with the whole answer when it has another status. */
export function bodyOf<T>({ status, body }: Answer<T>, expected: number): T {
  if (status !== expected) throw new Error(`answered ${status}, not ${expected}: ${JSON.stringify(body)}`);
  return body;
}

/** What is no JSON is given as text, so that a test can show it. */
function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text; // a page or a plain line: for the test to judge
  }
}
