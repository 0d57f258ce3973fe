import { methodNotAllowed } from '../errors.ts';
import type { Reply } from './reply.ts';

/** What an HTTP method does with a resource, in words and in fact. */
export interface Method<Arguments extends readonly unknown[]> {
  readonly does: string;
  readonly answer: (...args: Arguments) => Reply;
}

/** The methods of a resource, by name. */
export type Methods<Arguments extends readonly unknown[]> = Readonly<
  Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Method<Arguments>>>
>;

/** @throws CosmosError 405 for a method that the resource does not have. */
export function answerBy<Arguments extends readonly unknown[]>(
  methods: Methods<Arguments>,
  name: string,
  ...args: Arguments
): Reply {
  const method = new Map(Object.entries(methods)).get(name);
  if (method === undefined) throw methodNotAllowed(name);
  return method.answer(...args);
}
