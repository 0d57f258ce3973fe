import { StartupError } from '../startup-error.ts';
import type { FunctionMetadata, RpcBinding } from './rpc.ts';

/** The binding that starts a function, with the name under which its input is passed. */
export interface Trigger {
  readonly name: string;
  readonly binding: RpcBinding;
}

/** @throws StartupError for a function without a trigger, which the real host does not load either. */
export function triggerOf({ name, bindings }: FunctionMetadata): Trigger {
  for (const [bindingName, binding] of Object.entries(bindings)) {
    if (/trigger$/i.test(binding.type)) return { name: bindingName, binding };
  }
  throw new StartupError(`Function "${name}" has no trigger.`);
}

/** The real host's rules for names (azure-functions-host, Utility.cs: FunctionNameValidationRegex, BindingNameValidationRegex). */
const functionName = /^[a-z][a-z0-9_-]{0,127}$/i;
const bindingName = /^([a-z][a-z0-9]{0,127}|\$return)$/i;

/** The triggers that the local host runs, in lower case as it compares them. */
export const triggerTypes = ['eventhubtrigger', 'httptrigger', 'kafkatrigger', 'timertrigger'] as const;

export type TriggerType = (typeof triggerTypes)[number];

/**
 * Refuses what the real host would refuse and what the local one cannot run.
 *
 * @throws StartupError naming the function and what about it.
 */
export function checkFunction(metadata: FunctionMetadata): TriggerType {
  const { name, bindings, retryOptions } = metadata;
  if (!functionName.test(name) || name.toLowerCase() === 'host') {
    throw new StartupError(
      `"${name}" cannot be a function's name: a letter, then up to 127 letters, digits, _ and -; not "host".`,
    );
  }
  for (const [key, { type }] of Object.entries(bindings)) {
    if (!bindingName.test(key)) {
      throw new StartupError(
        `Function "${name}": "${key}" cannot be the name of a binding: a letter, then letters and digits.`,
      );
    }
    if (!/trigger$/i.test(type) && type !== 'http') {
      throw new StartupError(
        `Function "${name}" has a binding of type "${type}", which the local host does not support.`,
      );
    }
  }
  const { type } = triggerOf(metadata).binding;
  const supported = triggerTypes.find((known) => known === type.toLowerCase());
  if (supported === undefined) {
    throw new StartupError(
      `Function "${name}" has a trigger of type "${type}", which the local host does not support.`,
    );
  }
  if (retryOptions !== undefined && supported !== 'eventhubtrigger') {
    throw new StartupError(
      `Function "${name}" has a retry policy ("retry"), which the local host supports for Event Hubs only.`,
    );
  }
  return supported;
}
