import { z } from 'zod';

/** What is wrong at a place in the body or query, such as `items.0.quantity`. */
export const FieldError = z.object({ path: z.string(), message: z.string() });
export type FieldError = Readonly<z.output<typeof FieldError>>;

/** Why a request is not done, as the client is to hear it: RFC 9457. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Stable; the last part of the problem's `type`. */
  readonly code: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    detail: string,
    more: { readonly errors?: readonly FieldError[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }

  /** The document; `instance` is the trace id, by which the logs are found. */
  body(instance: string): Readonly<Record<string, unknown>> {
    return {
      type: `/problems/${this.code}`,
      title: titleOf(this.code),
      status: this.status,
      detail: this.message,
      instance,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

/** A body or query, or a line of a file, that breaks its schema. */
export function invalid(what: 'body' | 'query' | 'line', error: z.ZodError): Problem {
  const errors = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].map(String).join('.'), message: 'is not a known field' }))
      : [{ path: issue.path.map(String).join('.'), message: issue.message }],
  );
  return new Problem(
    422,
    `invalid-${what}`,
    `The ${what} does not fit: ${errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}`,
    { errors },
  );
}

/** `total-mismatch` reads as `Total mismatch`. */
export function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
