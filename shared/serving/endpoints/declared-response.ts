import { answerHeadersOf, type Endpoint } from '../../capabilities/endpoint.ts';
import type { Answer } from '../../http/answer.ts';
import { fileAnswerOf, fileHeaders } from '../../http/file-answer.ts';
import type { OutgoingResponse } from '../../http/incoming.ts';
import { encoderOf } from '../../http/often-used.ts';

/**
 * A handler's answer as it is sent.
 *
 * @throws Error where the answer is none that the endpoint declares: whoever reads the API's description relies on it.
 */
export function declaredResponse(endpoint: Endpoint, { status, headers, body }: Answer): OutgoingResponse {
  const schema = endpoint.answers[status];
  if (schema === undefined) throw new Error(`${endpoint.name} answers ${status}, which it does not declare`);
  const declared: readonly string[] = answerHeadersOf(endpoint, status);
  const given = Object.keys(headers);
  if (given.length !== declared.length || !declared.every((name) => given.includes(name)))
    throw new Error(`${endpoint.name} answers ${status} with the headers ${given}, but declares ${declared}`);
  const declaredFile = fileAnswerOf(schema);
  if (declaredFile !== undefined) {
    const file = declaredFile.parse(body);
    return { status, headers: { ...headers, ...fileHeaders(file) }, body: file.bytes };
  }
  const encoded = encoderOf(schema)(body);
  if (encoded === undefined) return { status, headers };
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(encoded) };
}
