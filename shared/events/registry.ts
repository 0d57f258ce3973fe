import { type AnnouncedType, announcedEvents } from './announced-events.ts';
import * as catalog from './contracts/catalog.ts';
import * as identity from './contracts/identity.ts';
import * as inventory from './contracts/inventory.ts';
import * as notifications from './contracts/notifications.ts';
import * as orders from './contracts/orders.ts';
import * as platform from './contracts/platform.ts';
import type { DataOf, EventDefinition } from './define-event.ts';

const exported = { ...catalog, ...identity, ...inventory, ...notifications, ...orders, ...platform };
type Exported = (typeof exported)[keyof typeof exported];
type Contract = Extract<Exported, EventDefinition>;

const isContract = (value: Exported): value is Contract => 'partitionKeyOf' in value;

/** Every contract, by type: a module's exports have not everywhere the same order. A new file of `contracts/` is added above. */
export const contracts: readonly Contract[] = Object.values(exported)
  .filter(isContract)
  .toSorted((one, other) => one.type.localeCompare(other.type, 'en'));

/** The contract of an event type; none where it is unknown or only announced. */
export function contractOf(type: string): EventDefinition | undefined {
  return contracts.find((contract) => contract.type === type);
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

/** What this code knows of an event type. */
export function definitionOf(type: string): EventDefinition | undefined {
  return byType.get(type);
}
