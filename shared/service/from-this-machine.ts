import type { IncomingRequest } from '../http/incoming.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * Whether a request was made on the machine that serves it. The Functions host tells no function the address of the
 * client: in front of it, Azure's front end routes by host name and adds the client's address as the last entry of
 * `X-Forwarded-For`; without a front end there is no such header. So it is from this machine if it asks for a loopback
 * name and nobody forwarded it from elsewhere. A host without a front end must not be reachable from other machines
 * under a loopback name: it would believe a forged Host header.
 */
export function isFromThisMachine({ url, headers }: Pick<IncomingRequest, 'url' | 'headers'>): boolean {
  if (!loopback.test(new URL(url).hostname)) return false;
  const forwardedFor = headers.get('x-forwarded-for');
  return forwardedFor === null || loopback.test(addressOf(forwardedFor.split(',').at(-1) ?? ''));
}

/** An entry is an address, and on Azure a port: `203.0.113.7:50512`, `[2001:db8::7]:50512`. */
function addressOf(entry: string): string {
  return entry.trim().replace(/^(\[.*\]|[^:]+):\d+$/, '$1');
}
