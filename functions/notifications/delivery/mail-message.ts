import { encodedHeader, quotedPrintable } from './mail-encoding.ts';

/** A mail as a provider gets it. */
export interface Mail {
  /** By which the provider tells a second attempt. */
  readonly key: string;
  readonly tenant: string;
  readonly recipientId: string;
  readonly subject: string;
  readonly body: string;
  /** When the notice was made, ISO 8601 in UTC: the same at each attempt. */
  readonly date: string;
}

/** No host has such a name, so nothing of a file is ever delivered by mistake. Source: RFC 2606, section 2 */
const nowhere = 'lagerhaus.invalid';

/**
 * The mail as an Internet message: RFC 5322, its subject RFC 2047, its body plain text in quoted-printable (RFC 2045). Whom it is
 * for is named by their id, since an address is nobody's business here.
 */
export function mailMessage({ key, tenant, recipientId, subject, body, date }: Mail): string {
  const headers = [
    `Date: ${dateTime(date)}`,
    `From: Lagerhaus <no-reply@${nowhere}>`,
    `To: <${quoted(recipientId)}@${nowhere}>`,
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

/** An id may have what the local part of an address has only in quotes: a colon, a slash, an at sign (RFC 5322, section 3.2.4). */
function quoted(id: string): string {
  return `"${id.replaceAll(/[\\"]/g, '\\$&').replaceAll(/[^\x20-\x7e]/g, '?')}"`;
}
