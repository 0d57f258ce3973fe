import { form } from '../../http/bodies/form.ts';
import { json } from '../../http/bodies/json.ts';
import type { JsonObject } from '../../http/json-schema.ts';
import type { ComponentSchemas } from './component-schemas.ts';
import { forRequests } from './for-requests.ts';
import type { ApiOperation } from './operation.ts';

/** What a body is told to be by its schema; other formats are texts of lines, told by an example. */
const structured: readonly string[] = [json.mediaType, form.mediaType];

/** The body that an operation takes, in each of its formats. */
export function requestBodyOf({ body }: ApiOperation, schemas: Pick<ComponentSchemas, 'of'>): JsonObject {
  if (body === undefined) return {};
  const { schema, accepts } = body;
  const written = schemas.of(schema, forRequests);
  const content = accepts.map(({ mediaType, example }) => [
    mediaType,
    {
      schema: structured.includes(mediaType) ? written : { type: 'string' },
      ...(example === undefined ? {} : { example }),
    },
  ]);
  return { requestBody: { required: !schema.safeParse({}).success, content: Object.fromEntries(content) } };
}
