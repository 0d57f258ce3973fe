import { z } from 'zod';
import type { Service } from '../../shared/capabilities/define-service.ts';
import { settingParts, usualSettings } from '../../shared/events/contracts/tenant-settings.ts';
import { jsonSchemaOf } from '../../shared/http/json-schema.ts';
import { markdownTable } from './generated-part.ts';

/** What the generator needs of the schema of a value. */
const Value = z.object({
  type: z.enum(['string', 'integer', 'boolean', 'array']),
  description: z.string(),
  format: z.string().optional(),
  examples: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  items: z.object({ enum: z.array(z.string()).optional() }).optional(),
});
type Value = z.infer<typeof Value>;

const Parts = z.object({
  properties: z.record(z.string(), z.object({ properties: z.record(z.string(), Value) })),
});

const usual: Readonly<Record<string, Readonly<Record<string, unknown>>>> = usualSettings;

/** Every setting of a tenant with which services go by it, for docs/tenant-settings.md. @throws ZodError for one without a description. */
export function tenantSettingsTable(services: readonly Pick<Service, 'name' | 'tenantSettings'>[]): string {
  const { properties } = Parts.parse(jsonSchemaOf(z.object(settingParts), { descriptions: true }));
  const rows = Object.entries(properties).flatMap(([part, { properties: keys }]) =>
    Object.entries(keys).map(([key, value]) => [
      `\`${part}.${key}\``,
      value.description,
      valuesOf(value),
      defaultOf(usual[part]?.[key]),
      followersOf(services, part, key).join(', ') || '*nobody yet*',
    ]),
  );
  return markdownTable(['key', 'meaning', 'value', 'default', 'who goes by it'], rows);
}

function followersOf(services: Parameters<typeof tenantSettingsTable>[0], part: string, key: string): string[] {
  const follows = (keys: Readonly<Record<string, readonly string[] | undefined>>) => keys[part]?.includes(key) ?? false;
  return services
    .filter(({ tenantSettings }) => tenantSettings.some((one) => follows(one.follows)))
    .map(({ name }) => name);
}

function defaultOf(value: unknown): string {
  if (value === null) return 'none';
  return [value]
    .flat()
    .map((one) => `\`${String(one)}\``)
    .join(', ');
}

function valuesOf({ type, format, examples = [], minimum, maximum, items }: Value): string {
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'array') return items?.enum === undefined ? 'list' : `list of ${inCode(items.enum)}`;
  if (type === 'integer') return maximum === undefined ? 'amount' : `whole number from ${minimum} to ${maximum}`;
  if (format === 'duration') return 'ISO 8601 duration';
  return examples.length === 0 ? 'text' : `such as ${inCode(examples)}`;
}

function inCode(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
