import type { AddressSources } from '../../http/client-address.ts';
import type { IncomingRequest } from '../../http/incoming.ts';
import { addressIn } from '../../http/ip-address.ts';

const loopbackName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const loopbackAddress = /^(127(\.\d{1,3}){3}|::1)$/;

/** A word of what proxies, load balancers and front ends add to what they pass on, whatever they write there. */
const wordOfProxies =
  /(^|-)(forwarded|via|original|rewrite|remote|real|client|proxy|proxyuser|cdn|arr|azure|appservice|waws|was|disguised|envoy|cf|fastly|varnish|amzn?|cloud|appengine|front)(-|$)/;

/** The same where the whole of it is needed to tell it from others. */
const namesOfProxies = /^x-(host|scheme|url-scheme)$/;

/**
 * Whether a request was made on the machine that serves it: it asks for a loopback name, nobody has passed it on, and the host,
 * where it says who called, says a loopback address. Where no host says so, the name is the client's word: such a host must not be
 * reachable from other machines, nor by a proxy that adds nothing.
 */
export function isFromThisMachine(
  { url, headers }: Pick<IncomingRequest, 'url' | 'headers'>,
  { PEER_ADDRESS_HEADER: peerHeader }: Pick<AddressSources, 'PEER_ADDRESS_HEADER'>,
): boolean {
  if (!loopbackName.test(new URL(url).hostname)) return false;
  if (Array.from(headers.keys()).some(isAddedByProxies)) return false;
  return peerHeader === undefined || loopbackAddress.test(addressIn(headers.get(peerHeader) ?? '') ?? '');
}

function isAddedByProxies(name: string): boolean {
  return wordOfProxies.test(name) || namesOfProxies.test(name);
}
