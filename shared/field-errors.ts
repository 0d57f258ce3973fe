import { z } from 'zod';

/** What is wrong at a place of what was sent, such as `items.0.quantity`. */
export const FieldError = z.object({ path: z.string(), message: z.string() });
export type FieldError = Readonly<z.output<typeof FieldError>>;

/** What a schema found wrong, a field each; fields that it does not know among them. */
export function fieldErrorsOf({ issues }: z.ZodError): readonly FieldError[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].map(String).join('.'), message: 'is not a known field' }))
      : [{ path: issue.path.map(String).join('.'), message: issue.message }],
  );
}

/** The errors in a sentence: `The body does not fit: items.0.quantity must be at least 1`. */
export function fieldErrorsText(what: string, errors: readonly FieldError[]): string {
  return `The ${what} does not fit: ${errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}`;
}
