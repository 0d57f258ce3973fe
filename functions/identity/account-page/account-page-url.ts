import { z } from 'zod';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const isLoopback = (url: string) => loopback.test(new URL(url).hostname);

/** Where the links of mails lead. What they carry is put behind a #, and is a secret: so it goes over TLS, save on one machine. */
export const AccountPageUrl = z
  .url({ protocol: /^https?$/, normalize: true, abort: true })
  .superRefine((text, context) => {
    const { protocol } = new URL(text);
    if (text.includes('#')) context.addIssue('has a #: what stands there is set by each link, so leave it out');
    if (protocol === 'http:' && !isLoopback(text))
      context.addIssue('must begin with https://, unless it is on this machine: who reads along could set a password');
  });

interface Setting {
  readonly ACCOUNT_PAGE_URL?: string | undefined;
  readonly WEBSITE_HOSTNAME: string;
}

/** The page that is set, or our own: Azure serves nothing but TLS, and one machine nothing but HTTP. */
export function accountPageUrl({ ACCOUNT_PAGE_URL: url, WEBSITE_HOSTNAME: host }: Setting): string {
  return url ?? `${isLoopback(`http://${host}`) ? 'http' : 'https'}://${host}/account`;
}
