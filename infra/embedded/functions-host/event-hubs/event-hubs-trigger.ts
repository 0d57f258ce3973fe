import { z } from 'zod';
import type { FunctionMetadata } from '../app/rpc.ts';
import { triggerOf } from '../app/trigger.ts';
import type { FailurePolicy } from '../attempts.ts';
import { resolveSettings, type Settings } from '../settings.ts';
import { StartupError } from '../startup-error.ts';
import { retryPolicyOf } from './retry-policy.ts';

/** Where a function's messages come from, where its checkpoints are, and what happens when it fails. */
export interface EventHubsTrigger {
  readonly functionName: string;
  readonly hub: string;
  readonly consumerGroup: string;
  readonly connectionString: string;
  readonly storageConnectionString: string;
  /** `string`: bodies as texts; `binary`: as bytes. */
  readonly dataType: 'string' | 'binary';
  readonly policy: FailurePolicy;
}

const lowered = z.string().toLowerCase();

/** The properties of an Event Hubs trigger that this host takes. */
export const EventHubTriggerBinding = z.object({
  eventHubName: z.string().min(1),
  connection: z.string().min(1),
  consumerGroup: z.string().default('$Default'),
  cardinality: lowered.pipe(z.literal('many', 'must be many: the local host gives batches only')).default('many'),
  dataType: lowered.pipe(z.enum(['string', 'binary'])).default('string'),
});

/**
 * Reads an Event Hubs trigger, with `%SETTING%` replaced; `connection` names the setting with the connection string.
 * (properties: https://learn.microsoft.com/azure/azure-functions/functions-bindings-event-hubs-trigger#configuration).
 *
 * @throws StartupError naming the function and what is wrong.
 */
export function readEventHubsTrigger(metadata: FunctionMetadata, settings: Settings): EventHubsTrigger {
  const functionName = metadata.name;
  const resolved = Object.entries(triggerOf(metadata).binding).map(([property, value]) => [
    property,
    typeof value === 'string' ? resolveSettings(value, settings, { functionName, property }) : value,
  ]);
  const parsed = EventHubTriggerBinding.safeParse(Object.fromEntries(resolved));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new StartupError(`Function "${functionName}": "${issue?.path.join('.')}" is wrong: ${issue?.message}`);
  }
  const { eventHubName: hub, consumerGroup, connection, dataType } = parsed.data;
  return {
    functionName,
    hub,
    consumerGroup,
    dataType,
    connectionString: required(connection, settings, functionName),
    storageConnectionString: required('AzureWebJobsStorage', settings, functionName),
    policy: retryPolicyOf(metadata),
  };
}

function required(name: string, settings: Settings, functionName: string): string {
  const value = settings[name];
  if (value) return value;
  throw new StartupError(
    `Function "${functionName}" needs a connection string in the setting ${name}: the local host has no identity.`,
  );
}
