import { z } from 'zod';
import type { Service } from '../../shared/capabilities/define-service.ts';
import { jsonSchemaOf } from '../../shared/http/json-schema.ts';
import { titleOf } from '../../shared/http/problems/problem.ts';
import { Settings } from '../../shared/settings/settings.ts';

/** What the generator needs of a setting's JSON Schema. */
const Property = z.object({
  type: z.enum(['string', 'integer', 'number', 'boolean']),
  description: z.string(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  enum: z.array(z.string()).optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
type Property = z.infer<typeof Property>;

const SchemaDocument = z.object({
  properties: z.record(z.string(), Property),
  required: z.array(z.string()).default([]),
});

const formats: Readonly<Record<string, string>> = {
  duration: 'ISO 8601 duration, such as `PT15M`',
  json: 'JSON',
  list: 'list, separated by commas',
  uri: 'URL',
};

const head = `# Configuration

Generated from [\`shared/settings/settings.ts\`](../shared/settings/settings.ts) and the \`settings.ts\` of each service by \`npm run docs\`.
Settings are read from the environment once, when the app starts; it does not start with a wrong or missing one, and names
all of them at once. An empty value counts as none. \`npm start\` sets all that is required for the embedded stack;
\`local.settings.json\` (from [\`local.settings.sample.json\`](../local.settings.sample.json)) sets it for [Azure Functions Core Tools](containers.md),
and the application settings of the Functions app on Azure. \`PORT\`, \`DATA_DIR\` and \`DEMO\` belong to the embedded stack: see the
[README](../README.md#two-commands).
`;

/** docs/configuration.md: what can be set whatever the services, then of each. @throws ZodError for one without a description. */
export function configuration(
  services: readonly Pick<Service, 'name' | 'settings'>[],
  schema: z.ZodObject = Settings,
): string {
  const sections = services.flatMap(({ name, settings }) =>
    settings === undefined ? [] : [`\n## ${titleOf(name)}\n${tableOf(z.object(settings.shape))}`],
  );
  return [head, tableOf(schema), ...sections].join('');
}

function tableOf(schema: z.ZodObject): string {
  const document = jsonSchemaOf(schema, { descriptions: true });
  const { properties, required } = SchemaDocument.parse(document);
  const rows = Object.entries(properties).map(([name, property]) =>
    [`\`${name}\``, defaultOf(property, required.includes(name)), valuesOf(property), property.description]
      .map((cell) => cell.replaceAll('|', '\\|'))
      .join(' | '),
  );
  return `\n| setting | default | value | meaning |\n|---|---|---|---|\n${rows.map((row) => `| ${row} |\n`).join('')}`;
}

function defaultOf({ default: value }: Property, isRequired: boolean): string {
  if (isRequired) return '**required**';
  return value === undefined || value === '' ? 'none' : `\`${value}\``;
}

function valuesOf({ type, enum: choices, format, minimum, maximum }: Property): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(' or ');
  const known = format === undefined ? undefined : formats[format];
  if (known !== undefined) return known;
  if (type !== 'integer') return type === 'string' ? 'text' : type;
  const bounds = [minimum === undefined ? '' : ` from ${minimum}`, maximum === undefined ? '' : ` to ${maximum}`];
  return `whole number${bounds.join('')}`;
}
