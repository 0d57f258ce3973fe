import { clientAddress } from '../../http/client-address.ts';
import type { IncomingRequest } from '../../http/incoming.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * Whether a request was made on the machine that serves it. Azure's front end routes by host name and says who the client
 * is; without a front end nobody does. So it is from this machine if it asks for a loopback name and nobody forwarded it
 * from elsewhere. A host without a front end must not be reachable from other machines under a loopback name: it would
 * believe a forged Host header.
 */
export function isFromThisMachine({ url, headers }: Pick<IncomingRequest, 'url' | 'headers'>): boolean {
  if (!loopback.test(new URL(url).hostname)) return false;
  const address = clientAddress(headers);
  return address === undefined || loopback.test(address);
}
