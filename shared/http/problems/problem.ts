import type { z } from 'zod';
import { type FieldError, fieldErrorsOf, fieldErrorsText } from '../../field-errors.ts';
import { StacklessError } from '../../stackless-error.ts';

/** Why a request is not done, as the client is to hear it: RFC 9457. */
export class Problem extends StacklessError {
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

/** A body or query that breaks its schema. */
export function invalid(what: 'body' | 'query', error: z.ZodError): Problem {
  const errors = fieldErrorsOf(error);
  return new Problem(422, `invalid-${what}`, fieldErrorsText(what, errors), { errors });
}

/** A body or query of which something is wrong that no schema sees. */
export function invalidContent(what: 'body' | 'query', message: string, path = ''): Problem {
  const errors = [{ path, message }];
  return new Problem(422, `invalid-${what}`, fieldErrorsText(what, errors), { errors });
}

/** `total-mismatch` reads as `Total mismatch`. */
export function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
