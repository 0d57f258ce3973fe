import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface HttpCall {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One HTTP request. With node:http, since the first `fetch` of a process costs it some ten megabytes for good. */
export async function httpCall(
  url: URL,
  { method, headers, body }: HttpCall,
): Promise<{ status: number; text: string }> {
  const call = request(url, { method, headers, agent: false });
  call.end(body);
  const [response] = await once(call, 'response');
  return { status: response.statusCode, text: await text(response) };
}
