import type { Sms, SmsProvider } from '../sms-provider.ts';
import { fileNameOf, forgetFiles } from './message-file.ts';
import { writeOnce } from './write-once.ts';

/** "Sends" text messages by writing each as a file: there once however often it is sent. */
export function smsFiles(folder: string): SmsProvider {
  return {
    name: 'file',
    async send(sms, signal) {
      await writeOnce(folder, fileNameOf(sms, 'txt'), written(sms), signal);
      return { kind: 'done', reference: sms.key };
    },
    forget: (recipient) => forgetFiles(folder, recipient),
  };
}

function written({ to, tenant, date, text }: Sms): string {
  return `To: ${to}\nTenant: ${tenant}\nDate: ${date}\n\n${text}\n`;
}
