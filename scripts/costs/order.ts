/** A function, or functions that scale as one, on the way of an order. */
export interface ScaleGroup {
  readonly name: string;
  /** How often it is busy for an order that comes alone. */
  readonly turns: number;
}

/**
 * What one order takes from its request to the customer's inbox, measured on the embedded stack on 2026-11-29: many at once by
 * `npm run bench -- --only d`, one after the other by the same meter, and the documents that it left as JSON.
 */
export const order = {
  /** Many at once share commits; one that comes alone does not. */
  requestUnits: 92,
  /** Before orders were listed by status it was 107; what that adds is reckoned: two reads, an entry put again, and a receipt. */
  requestUnitsAlone: 130,
  /** Of these at its location. */
  stockUnits: 11,
  stockUnitsAlone: 28,
  /** Of these in the list of its day: an entry is made, read and put again. */
  listUnits: 18.2,
  /** Of these in the container `orders`, which takes most. */
  ordersUnits: 67,
  events: 5,
  /** How often its events are read: those of `order-events` by three services. */
  deliveries: 9,
  /** With key and headers. */
  eventBytes: 912,
  /** The order, three entries of lists, its reservation and the notice. */
  storedBytes: 3_149,
  reservationBytes: 455,
  listEntryBytes: 553,
  /** Lines in the log at full load that are ours, and those of the host. A record in Log Analytics is some kilobyte: not measured. */
  logLines: 3,
  logLineBytes: 1_000,
  scaleGroups: [
    { name: 'HTTP', turns: 1 },
    { name: 'inventory-on-order-events', turns: 2 },
    { name: 'orders-on-order-events', turns: 2 },
    { name: 'notifications-on-order-events', turns: 2 },
    { name: 'orders-on-inventory-events', turns: 1 },
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
