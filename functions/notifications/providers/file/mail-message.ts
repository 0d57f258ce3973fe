import type { Mail } from '../mail-provider.ts';
import { displayName, encodedHeader, quotedPrintable } from './mail-encoding.ts';

/** No host has such a name, so nothing of a file is ever delivered by mistake. Source: RFC 2606, section 2 */
const nowhere = 'lagerhaus.invalid';

/**
 * The mail as an Internet message: RFC 5322, its subject RFC 2047, its body plain text in quoted-printable (RFC 2045).
 */
export function mailMessage({ key, tenant, to, senderName, subject, body, date }: Mail): string {
  const headers = [
    `Date: ${dateTime(date)}`,
    `From: ${displayName(senderName)} <no-reply@${nowhere}>`,
    `To: <${printable(to)}>`,
    `Message-ID: <${key}@${nowhere}>`,
    `Subject: ${encodedHeader(subject)}`,
    `X-Lagerhaus-Tenant: ${tenant}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${quotedPrintable(body)}\r\n`;
}

/** Source: RFC 5322, section 3.3; the name of the zone that JavaScript writes is of the obsolete syntax. */
function dateTime(instant: string): string {
  return new Date(instant).toUTCString().replace('GMT', '+0000');
}

/** Addresses are in ASCII and without blanks where they are kept: nothing else ends up in a header. */
function printable(address: string): string {
  return address.replaceAll(/[^\x21-\x7e]/g, '?');
}
