import type { Json } from '../../shared/http/json-schema.ts';

/** Scalars that need no quotes and mean nothing else in YAML 1.2 or 1.1. */
const plain = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][\w./-]*$/i;

/** A value as YAML in block style: objects and lists a line for each entry, strings in quotes where they need them. */
export function yamlText(value: Json): string {
  return `${linesOf(value).join('\n')}\n`;
}

function linesOf(value: Json): readonly string[] {
  if (isList(value)) {
    if (value.length === 0) return ['[]'];
    return value.flatMap((item) => linesOf(item).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`));
  }
  if (typeof value !== 'object' || value === null) return [scalar(value)];
  const entries = Object.entries(value);
  return entries.length === 0 ? ['{}'] : entries.flatMap(([key, item]) => (item === undefined ? [] : entry(key, item)));
}

function entry(key: string, value: Json): readonly string[] {
  const lines = linesOf(value);
  const [first, ...others] = lines;
  const isScalar = typeof value !== 'object' || value === null || first === '[]' || first === '{}';
  if (isScalar && others.length === 0) return [`${scalar(key)}: ${first}`];
  return [`${scalar(key)}:`, ...lines.map((line) => `  ${line}`)];
}

function scalar(value: string | number | boolean | null): string {
  return typeof value === 'string' && plain.test(value) ? value : JSON.stringify(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
