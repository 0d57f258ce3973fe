import type { SentMessageInfo, Transporter } from 'nodemailer';
import type { MailProvider } from '../mail-provider.ts';
import { mailMessage } from '../message/mail-message.ts';
import { afterSmtpFailure } from './smtp-failure.ts';

/** A mail server, and as whom it is used. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `starttls` and `tls` are never given up for less; `off` is for a server on the same machine. */
  readonly tls: 'starttls' | 'tls' | 'off';
  readonly login?: { readonly user: string; readonly pass: string } | undefined;
  /** The address that mails come from. */
  readonly sender: string;
}

/** Below the half minute that an attempt has, so that what fails says at which step. */
const timeouts = { dnsTimeout: 5_000, connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 15_000 };

/**
 * Sends mails through a mail server, each over a connection of its own: a pool would send again by itself. SMTP knows no keys and
 * cannot be asked, so an attempt whose answer was lost is made again, under the same Message-ID.
 */
export function smtpMails(server: MailServer): MailProvider {
  let opened: Promise<Transporter<SentMessageInfo>> | undefined;
  return {
    name: 'smtp',
    async send(mail, signal) {
      opened ??= transportTo(server);
      const transport = await opened;
      if (!isPlain(mail.to)) return { kind: 'refused', reason: 'the address has what no command of SMTP may have' };
      const envelope = { from: server.sender, to: mail.to };
      try {
        await transport.sendMail({ envelope, raw: mailMessage(mail, server.sender), signal });
      } catch (error) {
        return afterSmtpFailure(error);
      }
      return { kind: 'done', reference: mail.key };
    },
  };
}

/** The library would make sense of a list, a name or a comment: whoever is not one address is nobody. */
function isPlain(address: string): boolean {
  return /^[^\s<>()[\],;:"\\@]+@[^\s<>()[\],;:"\\@]+$/.test(address) && /^[\x21-\x7e]+$/.test(address);
}

/** The library is loaded by the first mail: most processes never send one. */
async function transportTo({ host, port, tls, login }: MailServer) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'off',
    ...(login === undefined ? {} : { auth: login }),
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
