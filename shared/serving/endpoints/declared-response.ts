import { isDeepStrictEqual } from 'node:util';
import { answerHeadersOf, type Endpoint } from '../../capabilities/endpoint.ts';
import type { Answer } from '../../http/answer.ts';
import { fileAnswerOf, fileHeaders } from '../../http/file-answer.ts';
import type { OutgoingResponse } from '../../http/incoming.ts';

/**
 * A handler's answer as it is sent.
 *
 * @throws Error where the answer is none that the endpoint declares: whoever reads the API's description relies on it.
 */
export function declaredResponse(endpoint: Endpoint, { status, headers, body }: Answer): OutgoingResponse {
  const schema = endpoint.answers[status];
  if (schema === undefined) throw new Error(`${endpoint.name} answers ${status}, which it does not declare`);
  const declared: readonly string[] = answerHeadersOf(endpoint, status);
  if (!isDeepStrictEqual(Object.keys(headers).toSorted(), declared.toSorted()))
    throw new Error(
      `${endpoint.name} answers ${status} with the headers ${Object.keys(headers)}, but declares ${declared}`,
    );
  const declaredFile = fileAnswerOf(schema);
  if (declaredFile !== undefined) {
    const file = declaredFile.parse(body);
    return { status, headers: { ...headers, ...fileHeaders(file) }, body: file.bytes };
  }
  const encoded = schema.encode(body);
  if (encoded === undefined) return { status, headers };
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(encoded) };
}
