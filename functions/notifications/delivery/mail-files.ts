import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mailMessage } from './mail-message.ts';
import type { MailProvider } from './mail-provider.ts';

/** What somebody is told is for them, and for whoever runs the system. */
const ownerOnly = { folder: 0o700, file: 0o600 };

/**
 * "Sends" mails by writing each as a file, which any mail program opens: `{key}.eml`. A file that is there is never written again,
 * so a mail is there once however often it is sent; it appears whole or not at all.
 */
export function mailFiles(folder: string): MailProvider {
  return {
    name: 'file',
    async send(mail, signal) {
      const file = path.join(folder, `${mail.key}.eml`);
      // Of the same name at each try, so that a crash leaves none behind for good.
      const draft = path.join(folder, `.${mail.key}.draft`);
      await mkdir(folder, { recursive: true, mode: ownerOnly.folder });
      await writeFile(draft, mailMessage(mail), { mode: ownerOnly.file, signal });
      await link(draft, file).catch(unlessThere);
      await rm(draft, { force: true });
      return { kind: 'done' };
    },
  };
}

/** An earlier try has sent it. */
function unlessThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
