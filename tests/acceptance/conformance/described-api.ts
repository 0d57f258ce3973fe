import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';

const Schema = z.record(z.string(), z.json());
export type Schema = z.infer<typeof Schema>;

const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: Schema,
});
export type Parameter = z.infer<typeof Parameter>;

const Ref = z.object({ $ref: z.string() });
const Content = z.record(z.string(), z.object({ schema: Schema }));
const Header = z.object({ required: z.boolean().default(false) });
const Response = z.object({
  headers: z.record(z.string(), z.union([Ref, Header])).default({}),
  content: Content.default({}),
});

const Operation = z.object({
  operationId: z.string(),
  'x-roles': z.array(z.string()),
  security: z.array(z.unknown()),
  parameters: z.array(z.union([Ref, Parameter])),
  requestBody: z.object({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(z.string(), z.union([Ref, Response])),
});
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

/** An operation as the document has it, with what it refers to put in. */
export interface DescribedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly roles: readonly string[];
  readonly parameters: readonly Parameter[];
  /** By media type. */
  readonly body: Readonly<Record<string, { readonly schema: Schema }>> | undefined;
  readonly responses: ReadonlyMap<number, DescribedResponse>;
}

export interface DescribedResponse {
  readonly requiredHeaders: readonly string[];
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}

/** The API as its own description tells it. */
export class DescribedApi {
  readonly operations: readonly DescribedOperation[];
  readonly #document: z.infer<typeof Document>;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, multipleOfPrecision: 6 });

  constructor(document: unknown) {
    this.#document = Document.parse(document);
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ ...this.#document, $id: 'https://api.example/' });
    this.operations = Object.entries(this.#document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => this.#described(path, method, operation)),
    );
  }

  /** What breaks the schema: nothing, if the value fits. */
  errors(schema: Schema, value: unknown): string {
    const rooted = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://api.example/#/'));
    return this.#ajv.validate(rooted, value) ? '' : this.#ajv.errorsText();
  }

  /** The schema itself, where it is referred to. */
  resolved(schema: Schema): Schema {
    const { $ref } = schema;
    return typeof $ref === 'string' ? Schema.parse(this.#at($ref)) : schema;
  }

  #described(path: string, method: string, operation: z.infer<typeof Operation>): DescribedOperation {
    const { operationId: id, security, parameters, requestBody, responses } = operation;
    return {
      id,
      method: method.toUpperCase(),
      path,
      isPublic: security.length === 0,
      roles: operation['x-roles'],
      parameters: parameters.map((one) => Parameter.parse('$ref' in one ? this.#at(one.$ref) : one)),
      body: requestBody?.content,
      responses: new Map(
        Object.entries(responses).map(([status, one]) => [
          Number(status),
          this.#response('$ref' in one ? this.#at(one.$ref) : one),
        ]),
      ),
    };
  }

  #response(response: unknown): DescribedResponse {
    const { headers, content } = Response.parse(response);
    const isRequired = (header: z.infer<typeof Ref> | z.infer<typeof Header>) =>
      Header.parse('$ref' in header ? this.#at(header.$ref) : header).required;
    const required = Object.entries(headers).filter(([, header]) => isRequired(header));
    return { requiredHeaders: required.map(([name]) => name), content };
  }

  #at(pointer: string): unknown {
    const keys = pointer.slice('#/'.length).split('/');
    return keys.reduce<unknown>(
      (value, key) => (value instanceof Object ? Reflect.get(value, key) : undefined),
      this.#document,
    );
  }
}
