import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { answerHeadersOf, takesIdempotencyKey } from '../../capabilities/endpoint.ts';
import { fileAnswerOf } from '../../http/file-answer.ts';
import type { JsonObject } from '../../http/json-schema.ts';
import { binary } from './binary.ts';
import type { ComponentSchemas } from './component-schemas.ts';
import type { ApiOperation } from './operation.ts';
import { nameOf, type Refusal, refusalResponse, refusalsOf } from './problem-responses.ts';
import { headerRef } from './shared-headers.ts';

/** What a document's responses are made with. */
export interface ResponseParts {
  readonly schemas: Pick<ComponentSchemas, 'of'>;
  /** The refusals that are components, by their names. */
  readonly named: ReadonlyMap<string, Refusal>;
}

/** Everything that an operation answers, by status. */
export function responsesOf(operation: ApiOperation, { schemas, named }: ResponseParts): JsonObject {
  const good = Object.entries(operation.answers).map(([status, schema]): [string, JsonObject] => [
    status,
    goodAnswer(operation, Number(status), schema, schemas),
  ]);
  const bad = refusalsOf(operation).map((refusal): [string, JsonObject] => {
    const { [refusal.status]: alsoGood } = operation.answers;
    if (alsoGood !== undefined) return [String(refusal.status), either(alsoGood, operation, refusal, schemas)];
    const name = nameOf(refusal);
    const response = named.has(name) ? { $ref: `#/components/responses/${name}` } : refusalResponse(refusal, schemas);
    return [String(refusal.status), response];
  });
  const tooLong: [string, JsonObject] = ['431', { $ref: `#/components/responses/${headersTooLarge}` }];
  // The statuses are whole numbers, so the object has them in their order.
  return Object.fromEntries([...good, ...bad, tooLong]);
}

const headersTooLarge = 'headers-too-large';

/** What the server in front of every operation answers, by the name as a component: it comes before there is a problem to describe. */
export const serverResponses: JsonObject = {
  [headersTooLarge]: {
    description:
      'The address and the headers are larger than the server takes (16 KiB from `npm start`). There is no body.',
  },
};

function goodAnswer(
  operation: ApiOperation,
  status: number,
  schema: z.ZodType,
  schemas: ResponseParts['schemas'],
): JsonObject {
  const names = answerHeadersOf(operation, status);
  const headers = {
    'X-Request-Id': headerRef('XRequestId'),
    ...(names.includes('etag') ? { ETag: headerRef('ETag') } : {}),
    ...(names.includes('location') ? { Location: headerRef('Location') } : {}),
    ...(operation.decidedLater === undefined ? {} : { 'Preference-Applied': headerRef('PreferenceApplied') }),
    ...(takesIdempotencyKey(operation) ? { 'Idempotency-Replayed': headerRef('IdempotencyReplayed') } : {}),
  };
  const description = STATUS_CODES[status] ?? `Status ${status}`;
  if (schema instanceof z.ZodUndefined) return { description, headers };
  const file = fileAnswerOf(schema);
  const content =
    file === undefined
      ? operation.mediaTypes.map((mediaType) => [mediaType, { schema: schemas.of(schema) }])
      : file.mediaTypes.map((mediaType) => [mediaType, { schema: binary }]);
  return { description, headers, content: Object.fromEntries(content) };
}

/** A status that a good answer and a problem share (503 of health); the media type tells which it is. */
function either(
  schema: z.ZodType,
  operation: ApiOperation,
  refusal: Refusal,
  schemas: ResponseParts['schemas'],
): JsonObject {
  const good = goodAnswer(operation, refusal.status, schema, schemas);
  const bad = refusalResponse(refusal, schemas);
  return {
    description: `${good.description}; or ${bad.description}`,
    content: Object.assign({}, good.content, bad.content),
  };
}
