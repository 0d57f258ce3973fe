/** What a link is attached to. Its spelling: AMQP in Event Hubs, learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-protocol-guide */
export type Address =
  | { readonly kind: 'cbs' }
  | { readonly kind: 'management' }
  | { readonly kind: 'sender'; readonly hub: string; readonly partition: number | undefined }
  | { readonly kind: 'receiver'; readonly hub: string; readonly group: string; readonly partition: number };

/** Undefined for an address that Event Hubs does not have. */
export function addressIn(text: string): Address | undefined {
  if (text === '$cbs') return { kind: 'cbs' };
  if (text === '$management') return { kind: 'management' };
  const [hub, ...rest] = text.split('/');
  if (hub === undefined || hub === '') return undefined;
  if (rest.length === 0) return { kind: 'sender', hub, partition: undefined };
  const parts = /^(?:ConsumerGroups\/(?<group>[^/]+)\/)?Partitions\/(?<partition>\d+)$/i.exec(rest.join('/'))?.groups;
  if (parts === undefined) return undefined;
  const partition = Number(parts.partition);
  if (parts.group === undefined) return { kind: 'sender', hub, partition };
  return { kind: 'receiver', hub, group: parts.group, partition };
}
