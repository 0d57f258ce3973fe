import type { MailProvider } from '../mail-provider.ts';
import { mailMessage } from './mail-message.ts';
import { writeOnce } from './write-once.ts';

/** "Sends" mails by writing each as a file, which any mail program opens: `{key}.eml`, there once however often it is sent. */
export function mailFiles(folder: string): MailProvider {
  return {
    name: 'file',
    async send(mail, signal) {
      await writeOnce(folder, `${mail.key}.eml`, mailMessage(mail), signal);
      return { kind: 'done' };
    },
  };
}
