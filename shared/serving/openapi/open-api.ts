import packageJson from '../../../package.json' with { type: 'json' };
import type { Service } from '../../capabilities/define-service.ts';
import type { Json, JsonObject } from '../../http/json-schema.ts';
import { Role } from '../../security/principal.ts';
import { ComponentSchemas } from './component-schemas.ts';
import { conventions } from './conventions.ts';
import type { ApiOperation } from './operation.ts';
import { operationsOf } from './operations-of.ts';
import { parametersOf, sharedParameters } from './parameters.ts';
import { namedRefusals, problemExamples, refusalResponse } from './problem-responses.ts';
import { requestBodyOf } from './request-body.ts';
import { type ResponseParts, responsesOf, serverResponses } from './responses.ts';
import { pathsOf, type TemplatedPath } from './route-paths.ts';
import { sharedHeaders } from './shared-headers.ts';

/** The API of an app of these services as an OpenAPI document. Source: https://spec.openapis.org/oas/v3.1.1.html */
export function openApi(services: readonly Service[], systemTag?: string): JsonObject {
  const operations = operationsOf(services, systemTag);
  const schemas = new ComponentSchemas();
  const named = namedRefusals(operations);
  const entries = operations.flatMap((operation) => pathsOf(operation.route).map((place) => ({ operation, place })));
  const paths = [...Map.groupBy(entries, ({ place }) => place.path)]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([path, ofPath]) => [
      path,
      Object.fromEntries(
        ofPath.map(({ operation, place }) => [
          operation.method.toLowerCase(),
          operationObject(operation, place, { schemas, named }),
        ]),
      ),
    ]);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Lagerhaus',
      version: packageJson.version,
      description: conventions,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: tagsOf(operations, services),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token, as a login answers it or a trusted issuer makes it',
        },
      },
      parameters: sharedParameters(schemas),
      headers: sharedHeaders,
      responses: {
        ...Object.fromEntries([...named].map(([name, refusal]) => [name, refusalResponse(refusal, schemas)])),
        ...serverResponses,
      },
      examples: problemExamples(operations),
      schemas: schemas.all(),
    },
  };
}

/** What operations belong to. An app without the service of the dead letters has pages of its tag all the same. */
function tagsOf(operations: readonly ApiOperation[], services: readonly Service[]): Json {
  const summaries = new Map(services.map(({ name, summary }) => [name, summary]));
  return [...new Set(operations.map(({ tag }) => tag))].toSorted().map((name) => {
    const description = summaries.get(name);
    return description === undefined ? { name } : { name, description };
  });
}

function operationObject(
  operation: ApiOperation,
  { parameters, optional }: TemplatedPath,
  { schemas, named }: ResponseParts,
): JsonObject {
  const { name, summary, tag, roles } = operation;
  const isPublic = roles === 'public';
  return {
    operationId: optional === undefined ? name : `${name}-of-${optional}`,
    tags: [tag],
    summary,
    description: accessInWords(operation),
    security: isPublic ? [] : [{ token: [] }],
    'x-roles': isPublic ? [] : [...roles],
    parameters: parametersOf(operation, parameters, schemas),
    ...requestBodyOf(operation, schemas),
    responses: responsesOf(operation, { schemas, named }),
  };
}

function accessInWords({ roles, forOthers }: Pick<ApiOperation, 'roles' | 'forOthers'>): string {
  if (roles === 'public') return 'For everybody, without a token.';
  if (roles.every((role) => role === 'admin')) return 'For the role admin.';
  const mayCall = Role.options.every((role) => roles.includes(role))
    ? 'For everybody who has a token.'
    : `For the roles ${roles.join(', ')}; admin may do everything.`;
  if (roles.every((role) => forOthers.includes(role))) return mayCall;
  if (forOthers.length === 0) return `${mayCall} Only what is the caller's own counts.`;
  return `${mayCall} What is of others is for ${forOthers.join(', ')} and admin alone.`;
}
