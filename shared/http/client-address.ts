type Headers = { get(name: string): string | null };

/**
 * The address of the client, as Azure's front end adds it at the end of `X-Forwarded-For`; what stands before was sent by
 * the client and proves nothing. `undefined` where there is no front end: the Functions host tells no function an address.
 */
export function clientAddress(headers: Headers): string | undefined {
  const forwardedFor = headers.get('x-forwarded-for');
  return forwardedFor === null ? undefined : withoutPort(forwardedFor.split(',').at(-1) ?? '');
}

/** An entry is an address, and on Azure a port: `203.0.113.7:50512`, `[2001:db8::7]:50512`. */
function withoutPort(entry: string): string {
  return entry.trim().replace(/^(\[.*\]|[^:]+):\d+$/, '$1');
}
