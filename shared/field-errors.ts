import { z } from 'zod';
import { cutText } from './cut-text.ts';

/** What is wrong at a place of what was sent, such as `items.0.quantity`. */
export const FieldError = z.object({ path: z.string(), message: z.string() });
export type FieldError = Readonly<z.output<typeof FieldError>>;

/** Whoever sends a thousand faults mends the first of them. An answer must not be longer than what was asked. */
const mostErrors = 20;
const longestName = 100;

/** What a schema found wrong, a field each, fields that it does not know among them: the first twenty, and how many more. */
export function fieldErrorsOf({ issues }: z.ZodError): readonly FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  for (const issue of issues) {
    const faults = faultsOf(issue);
    count += faults.length;
    for (const { path, message } of faults.slice(0, mostErrors - errors.length))
      errors.push({ path: path.map((part) => cutText(String(part), longestName)).join('.'), message });
  }
  return count > errors.length ? [...errors, { path: '', message: `and ${count - errors.length} more` }] : errors;
}

/** The errors in a sentence: `The body does not fit: items.0.quantity must be at least 1`. */
export function fieldErrorsText(what: string, errors: readonly FieldError[]): string {
  return `The ${what} does not fit: ${errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}`;
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not a known field' }));
}
