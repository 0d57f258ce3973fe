import { domainToASCII } from 'node:url';
import { z } from 'zod';

/** RFC 5321 allows 254 characters in all (erratum 1690). */
const longest = 254;

/** As it is typed: nobody's mail differs by case, whatever RFC 5321 says of the part before the @. */
const Typed = z.string().trim().toLowerCase().min(1).max(longest);

/**
 * An address as we know it: in lower case, its domain in ASCII (`bücher.example` is `xn--bcher-kva.example`), however it was
 * typed. In front of the @ it is ASCII, as in the `<input type="email">` of browsers.
 */
export const EmailAddress = Typed.transform(withAsciiDomain)
  .pipe(z.email({ pattern: z.regexes.html5Email }).max(longest))
  .meta({ format: 'idn-email' });

/** An address as somebody typed it to log in; one that is none is nobody's. */
export const TypedAddress = Typed.transform((typed) => EmailAddress.safeParse(typed).data ?? typed);

/**
 * A domain in ASCII is taken as it is. What means something in a URL is kept from Node, which would read a host, a port and a
 * path; so the pattern of addresses refuses it, and what has no form in ASCII.
 * Source: https://www.unicode.org/reports/tr46/
 */
function withAsciiDomain(typed: string): string {
  const at = typed.lastIndexOf('@');
  const domain = typed.slice(at + 1);
  const isOther = /[^ -~]/.test(domain) && !/[^a-z0-9.\-\u0080-\u{10ffff}]/u.test(domain);
  return isOther ? `${typed.slice(0, at)}@${domainToASCII(domain)}` : typed;
}
