import type { MailProvider } from '../mail-provider.ts';
import { mailMessage } from '../message/mail-message.ts';
import { fileNameOf, forgetFiles } from './message-file.ts';
import { writeOnce } from './write-once.ts';

/** No host has such a name, so nothing of a file is ever delivered by mistake. Source: RFC 2606, section 2 */
const nobodysAddress = 'no-reply@lagerhaus.invalid';

/** "Sends" mails by writing each as a file, which any mail program opens: there once however often it is sent. */
export function mailFiles(folder: string): MailProvider {
  return {
    name: 'file',
    async send(mail, signal) {
      await writeOnce(folder, fileNameOf(mail, 'eml'), mailMessage(mail, nobodysAddress), signal);
      return { kind: 'done', reference: mail.key };
    },
    forget: (recipient) => forgetFiles(folder, recipient),
  };
}
