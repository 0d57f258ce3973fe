/** A function, or functions that scale as one, on the way of an order. */
export interface ScaleGroup {
  readonly name: string;
  /** How often it is busy for an order that comes alone. */
  readonly turns: number;
}

/**
 * What one order takes from its request to the customer's inbox, measured on the embedded stack on 2026-11-30: many at once by
 * `npm run bench -- --only d`, one after the other by the same meter, and the documents that it left as JSON.
 */
export const order = {
  /** Many at once share commits; one that comes alone does not. */
  requestUnits: 65,
  requestUnitsAlone: 134,
  /** Of these at its location. */
  stockUnits: 18,
  stockUnitsAlone: 27,
  /** In its list: an entry is made, and put again where the order was not decided yet by then. Under load it mostly was. */
  listUnits: 14,
  /** Of all in the container `orders`, which takes most. */
  ordersUnits: 35,
  events: 5,
  /** How often its events are read: two of `order-events` by four services, two of `inventory-events` by two, a notice by one. */
  deliveries: 13,
  /** With key and headers. */
  eventBytes: 923,
  /** The order, its entry in the list, its reservation, the notice, and that customers have heard of it. */
  storedBytes: 3_027,
  reservationBytes: 455,
  listEntryBytes: 680,
  /** Lines in the log at full load that are ours, and those of the host. A record in Log Analytics is some kilobyte: not measured. */
  logLines: 3,
  logLineBytes: 1_000,
  scaleGroups: [
    { name: 'HTTP', turns: 1 },
    { name: 'inventory-on-order-events', turns: 2 },
    { name: 'orders-on-order-events', turns: 2 },
    { name: 'notifications-on-order-events', turns: 2 },
    { name: 'customers-on-order-events', turns: 2 },
    { name: 'orders-on-inventory-events', turns: 1 },
    { name: 'inventory-on-inventory-events', turns: 1 },
    { name: 'notifications-on-notification-events', turns: 1 },
  ] satisfies readonly ScaleGroup[],
} as const;

/**
 * Orders a second that an instance with one core is taken to carry, with everything on their way. Not measured on Azure: an order
 * took 2.2 to 5 ms of a core here, the host on Azure shares that core, and half of it is left for what else is asked.
 */
export const ordersOfAnInstance = 100;

/** How much more than on average comes in the busiest second of an hour. */
export const peak = 2;
