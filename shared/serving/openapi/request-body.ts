import type { BodyFormat } from '../../http/bodies/body-format.ts';
import { form } from '../../http/bodies/form.ts';
import { json } from '../../http/bodies/json.ts';
import type { JsonObject } from '../../http/json-schema.ts';
import { binary } from './binary.ts';
import type { ComponentSchemas } from './component-schemas.ts';
import { forRequests } from './for-requests.ts';
import type { ApiOperation } from './operation.ts';

/** What a body is told to be by its schema; other formats are texts of lines, told by an example. */
const structured: readonly string[] = [json.mediaType, form.mediaType];

const writtenAs = { text: { type: 'string' }, file: binary } as const;

/** The body that an operation takes, in each of its formats. */
export function requestBodyOf({ body }: ApiOperation, schemas: Pick<ComponentSchemas, 'of'>): JsonObject {
  if (body === undefined) return {};
  const { schema, accepts } = body;
  const written = (format: BodyFormat) =>
    structured.includes(format.mediaType) ? schemas.of(schema, forRequests) : writtenAs[format.kind];
  const content = accepts.map((format) => {
    const { mediaType, example } = format;
    return [mediaType, { schema: written(format), ...(example === undefined ? {} : { example }) }];
  });
  return { requestBody: { required: !schema.safeParse({}).success, content: Object.fromEntries(content) } };
}
