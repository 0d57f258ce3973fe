import { addressIn, networkOf } from './ip-address.ts';

type Headers = { get(name: string): string | null };

/** Who says where a request comes from, as the settings of these names tell. */
export interface AddressSources {
  readonly TRUSTED_PROXIES: number;
  readonly PEER_ADDRESS_HEADER?: string | undefined;
}

/**
 * The address of the client: the entry of `X-Forwarded-For` that the outermost of the trusted proxies has written, since each
 * adds the address that it was called from at the end, and what stands before was sent by the client and proves nothing.
 * Else the address that the host says it was called from, where it does: the Functions host itself tells no function.
 */
export function clientAddress(
  headers: Headers,
  { TRUSTED_PROXIES: proxies, PEER_ADDRESS_HEADER: peerHeader }: AddressSources,
): string | undefined {
  const forwarded = proxies === 0 ? null : headers.get('x-forwarded-for');
  // Whoever came past the outer proxies has fewer entries, and was written down by the first that they met.
  const entry = forwarded?.split(',').slice(-proxies)[0] ?? '';
  return addressIn(entry) ?? addressIn((peerHeader && headers.get(peerHeader)) ?? '');
}

/** Whether the settings tell one client from another. */
export function tellsClientsApart({ TRUSTED_PROXIES, PEER_ADDRESS_HEADER }: AddressSources): boolean {
  return TRUSTED_PROXIES > 0 || PEER_ADDRESS_HEADER !== undefined;
}

/**
 * What somebody is counted by who has not shown who they are: their network. Who should have been written down on the way and was not,
 * came past the trusted proxies, and is one client with all such. `undefined` where clients are not told apart at all: a
 * count of all would let one of them use up what is everybody's.
 */
export function clientNetwork(headers: Headers, sources: AddressSources): string | undefined {
  const address = clientAddress(headers, sources);
  if (address !== undefined) return networkOf(address);
  return tellsClientsApart(sources) ? 'unknown' : undefined;
}
