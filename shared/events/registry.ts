import { type AnnouncedType, announcedEvents } from './contracts/announced-events.ts';
import * as exported from './contracts/index.ts';
import type { DataOf, EventDefinition } from './define-event.ts';
import { type Envelope, versionOf } from './envelope.ts';

type Exported = (typeof exported)[keyof typeof exported];
type Contract = Extract<Exported, EventDefinition>;

const isContract = (value: Exported): value is Contract => 'partitionKeyOf' in value;

/** Every contract, by type: a module's exports have not everywhere the same order. */
export const contracts: readonly Contract[] = Object.values(exported)
  .filter(isContract)
  .toSorted((one, other) => one.type.localeCompare(other.type, 'en'));

const contractByType = new Map<string, EventDefinition>(contracts.map((contract) => [contract.type, contract]));

/** The contract of an event type; none where it is unknown or only announced. */
export function contractOf(type: string): EventDefinition | undefined {
  return contractByType.get(type);
}

/** The type of every event that has a place on the bus. */
export type EventTypeName = Contract['type'] | AnnouncedType;

/** The data of an event type; unknown where it has no contract. */
export type DataOfType<Type extends string> = Type extends Contract['type']
  ? DataOf<Extract<Contract, { readonly type: Type }>>
  : unknown;

/** Every event that has a place on the bus: those with a contract, and those announced. */
export const knownEvents: readonly (EventDefinition & { readonly type: EventTypeName })[] = [
  ...contracts,
  ...announcedEvents,
];

const byType = new Map<string, EventDefinition>(knownEvents.map((event) => [event.type, event]));

/** Whether this code knows the event, in the version that it is of. */
export function knowsEvent(envelope: Envelope): boolean {
  const definition = byType.get(envelope.type);
  return definition !== undefined && versionOf(envelope) <= definition.version;
}

/** What this code knows of an event type. */
export function definitionOf(type: string): EventDefinition | undefined {
  return byType.get(type);
}
