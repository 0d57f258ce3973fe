import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A mail as its reader sees it. */
export interface ReadMail {
  readonly tenant: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** Where it leads, if it has a link. */
  readonly link: URL | undefined;
}

/** The mails that the stack has written for an address in a tenant, the oldest first. */
export function mailsFor(
  { mailFolder = '' }: { readonly mailFolder?: string },
  { tenant, address }: { readonly tenant: string; readonly address: string },
): readonly ReadMail[] {
  return readdirSync(mailFolder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(path.join(mailFolder, name), 'utf8'))
    .toSorted((one, other) => Date.parse(headerOf(one, 'Date')) - Date.parse(headerOf(other, 'Date')))
    .map(read)
    .filter((mail) => mail.tenant === tenant && mail.to.includes(address));
}

function read(message: string): ReadMail {
  const body = decoded(message.slice(message.indexOf('\r\n\r\n') + 4));
  const [link] = /https?:\S+#\S+/.exec(body) ?? [];
  return {
    tenant: headerOf(message, 'X-Lagerhaus-Tenant'),
    to: headerOf(message, 'To'),
    subject: headerOf(message, 'Subject'),
    body,
    link: link === undefined ? undefined : new URL(link),
  };
}

function headerOf(message: string, name: string): string {
  return new RegExp(`^${name}: (.*)\r$`, 'm').exec(message)?.[1] ?? '';
}

/** RFC 2045, section 6.7; what is beyond ASCII has come byte by byte. */
function decoded(quoted: string): string {
  const bytes = quoted
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
