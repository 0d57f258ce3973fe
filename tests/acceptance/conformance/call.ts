import type { DescribedApi, DescribedOperation } from './described-api.ts';

/** What is sent to an operation; of the body, what is no text is sent as JSON. */
export interface CallParts {
  readonly token?: string | undefined;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface LiveAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function call(
  url: string,
  { method, path }: Pick<DescribedOperation, 'method' | 'path'>,
  { token, params = {}, query = {}, headers = {}, body }: CallParts,
): Promise<LiveAnswer> {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''));
  const response = await fetch(`${url}${filled}?${new URLSearchParams(query)}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Where an answer is not as the description has it: nothing, if it is. */
export function breaches(
  { status, headers, text }: LiveAnswer,
  operation: DescribedOperation,
  api: DescribedApi,
): string {
  const response = operation.responses.get(status);
  if (response === undefined) return `${status} is not described: ${text}`;
  const missing = response.requiredHeaders.filter((name) => !headers.has(name));
  if (missing.length > 0) return `${status} lacks the headers ${missing}`;
  const mediaTypes = Object.keys(response.content);
  if (mediaTypes.length === 0) return text === '' ? '' : `${status} has a body: ${text}`;
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const content = response.content[type];
  if (content === undefined) return `${status} is ${type}, not ${mediaTypes}`;
  const errors = api.errors(content.schema, /json$/.test(type) ? JSON.parse(text) : text);
  return errors === '' ? '' : `${status}: ${errors}: ${text}`;
}
