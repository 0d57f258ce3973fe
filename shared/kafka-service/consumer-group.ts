/** The group of a program's instances: they share the work, each event goes to one of them. */
export function getConsumerGroup(service: string): string {
  return `${service}-group`;
}

/**
 * The consumer group, on the broker, of one subscription of a program's group. Each name that a group subscribes to is
 * read on its own, so that no subscription moves on the position of another, which would lose what that one has not seen;
 * and the name is none that a service of Lagerhaus has (`orders-on-order-events`).
 */
export function groupOfSubscription(group: string, name: string): string {
  return `${group}.${name}`;
}
