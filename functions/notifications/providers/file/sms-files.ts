import type { Sms, SmsProvider } from '../sms-provider.ts';
import { writeOnce } from './write-once.ts';

/** "Sends" text messages by writing each as a file: `{key}.txt`, there once however often it is sent. */
export function smsFiles(folder: string): SmsProvider {
  return {
    name: 'file',
    async send(sms, signal) {
      await writeOnce(folder, `${sms.key}.txt`, written(sms), signal);
      return { kind: 'done', reference: sms.key };
    },
  };
}

function written({ to, tenant, date, text }: Sms): string {
  return `To: ${to}\nTenant: ${tenant}\nDate: ${date}\n\n${text}\n`;
}
