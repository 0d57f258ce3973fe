import { isIPv4, isIPv6 } from 'node:net';

/** What stands before an IPv4 address in its IPv6 form: mapped (RFC 4291, 2.5.5.2), or translated (RFC 6052, 2.1). */
const beforeIPv4: ReadonlySet<string> = new Set(['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0']);

/**
 * The address in what a proxy or a socket says: without port, brackets and zone, and an IPv4 address as such, also where it
 * comes in its IPv6 form. `undefined` where there is none.
 *
 * @example
 * addressIn('[2001:db8::7]:50512'); // '2001:db8::7'
 * addressIn('::ffff:203.0.113.7'); // '203.0.113.7'
 */
export function addressIn(text: string): string | undefined {
  const { inBrackets, plain = '' } =
    /^(?:\[(?<inBrackets>[^\]]*)\](?::\d+)?|(?<plain>.*))$/.exec(text.trim())?.groups ?? {};
  const [address = ''] = (inBrackets ?? plain).split('%');
  if (isIPv6(address)) return ipv4In(address) ?? address.toLowerCase();
  const withoutPort = address.replace(/:\d+$/, '');
  return isIPv4(withoutPort) ? withoutPort : undefined;
}

/**
 * What one client has of an address that `addressIn` has read: an IPv4 address, or the /64 of an IPv6 one, since whoever is
 * given one is given all of them (RFC 6177).
 */
export function networkOf(address: string): string {
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/** An address without its end, which tells one person from another: 203.0.113.0/24, 2001:db8:0::/48. */
export function shortened(address: string): string {
  if (isIPv6(address)) return `${groupsOf(address).slice(0, 3).join(':')}::/48`;
  return address.replace(/\.\d+$/, '.0/24');
}

function ipv4In(address: string): string | undefined {
  const groups = groupsOf(address);
  if (!beforeIPv4.has(groups.slice(0, 6).join(':'))) return undefined;
  return groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((number) => [number >> 8, number & 255])
    .join('.');
}

/** The eight groups of an IPv6 address, as they are written without zeros in front (RFC 5952, 4.1). */
function groupsOf(address: string): readonly string[] {
  const [front = [], back = []] = address.split('::').map((part) => part.split(':').flatMap(groupsIn));
  const left = Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...left, ...back];
}

/** What stands between two colons; the last may be an IPv4 address. */
function groupsIn(part: string): readonly string[] {
  if (part === '') return [];
  if (!isIPv4(part)) return [Number.parseInt(part, 16).toString(16)];
  const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
  return [a * 256 + b, c * 256 + d].map((number) => number.toString(16));
}
