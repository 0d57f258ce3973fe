/** What a link is attached to. Its spelling: AMQP in Event Hubs, learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-protocol-guide */
export type Address =
  | { readonly kind: 'cbs' }
  | { readonly kind: 'management' }
  | { readonly kind: 'sender'; readonly hub: string; readonly partition: number | undefined }
  | { readonly kind: 'receiver'; readonly hub: string; readonly group: string; readonly partition: number };

interface AddressForm {
  /** As a person writes it, which is also its key in the README. */
  readonly form: string;
  readonly use: string;
  readonly pattern: RegExp;
  address(parts: Readonly<Record<string, string>>): Address;
}

/** Every form of an address that Event Hubs has for a link. */
export const addressForms: readonly AddressForm[] = [
  {
    form: '$cbs',
    use: 'requests and answers: `put-token`, by which a client shows what it may use',
    pattern: /^\$cbs$/,
    address: () => ({ kind: 'cbs' }),
  },
  {
    form: '$management',
    use: 'requests and answers: `READ` of the properties of a hub or a partition',
    pattern: /^\$management$/,
    address: () => ({ kind: 'management' }),
  },
  {
    form: '{hub}',
    use: 'sending: to the partition of the key, without a key to one after the other',
    pattern: /^(?<hub>[^/]+)$/,
    address: ({ hub = '' }) => ({ kind: 'sender', hub, partition: undefined }),
  },
  {
    form: '{hub}/Partitions/{number}',
    use: 'sending to one partition',
    pattern: /^(?<hub>[^/]+)\/Partitions\/(?<partition>\d+)$/i,
    address: ({ hub = '', partition }) => ({ kind: 'sender', hub, partition: Number(partition) }),
  },
  {
    form: '{hub}/ConsumerGroups/{group}/Partitions/{number}',
    use: 'receiving from one partition, from where a filter says; `com.microsoft:epoch` is the owner level',
    pattern: /^(?<hub>[^/]+)\/ConsumerGroups\/(?<group>[^/]+)\/Partitions\/(?<partition>\d+)$/i,
    address: ({ hub = '', group = '', partition }) => ({ kind: 'receiver', hub, group, partition: Number(partition) }),
  },
];

/** Undefined for an address that Event Hubs does not have. */
export function addressIn(text: string): Address | undefined {
  for (const { pattern, address } of addressForms) {
    const match = pattern.exec(text);
    if (match !== null) return address(match.groups ?? {});
  }
  return undefined;
}
