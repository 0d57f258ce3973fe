import type { Mail } from '../mail-provider.ts';
import { displayName, encodedHeader, quotedPrintable } from './mail-encoding.ts';

/**
 * The mail as an Internet message from an address: RFC 5322, its subject RFC 2047, its body plain text in quoted-printable (RFC 2045).
 * It is the same at each attempt, its Message-ID among the rest: by that a mail program tells a second copy.
 */
export function mailMessage({ key, tenant, to, senderName, subject, body, date }: Mail, from: string): string {
  const headers = [
    `Date: ${dateTime(date)}`,
    `From: ${displayName(senderName)} <${printable(from)}>`,
    `To: <${printable(to)}>`,
    `Message-ID: <${key}@${printable(domainOf(from))}>`,
    `Subject: ${encodedHeader(subject)}`,
    `X-Lagerhaus-Tenant: ${tenant}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${quotedPrintable(body)}\r\n`;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Source: RFC 5322, section 3.3; the name of the zone that JavaScript writes is of the obsolete syntax. */
function dateTime(instant: string): string {
  return new Date(instant).toUTCString().replace('GMT', '+0000');
}

/** Addresses are in ASCII and without blanks where they are kept: nothing else ends up in a header. */
function printable(address: string): string {
  return address.replaceAll(/[^\x21-\x7e]/g, '?');
}
