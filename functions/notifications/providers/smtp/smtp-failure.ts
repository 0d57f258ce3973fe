import { z } from 'zod';
import type { ProviderAnswer } from '../../../../shared/capabilities/effect.ts';

/** What nodemailer says of a mail that was not taken: its own code, and the command and the answer of the server, where there was one. */
const SmtpFailure = z.object({
  code: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.int().optional(),
  response: z.string().optional(),
});
type SmtpFailure = z.infer<typeof SmtpFailure>;

/**
 * What a failure means for the mail. For good is only what the server says of this mail: no to its recipient (RCPT), no to what
 * is in it (DATA), by 5yz; "not now" to its recipient (a full mailbox, greylisting) leaves others alone. All else is between us and
 * the server, such as a wrong password or a sender that it does not take, and may pass or be mended: 421, 4yz, time-outs, a
 * connection that was cut. Source: RFC 5321, section 4.2.1; 503 says that the commands were out of order, not that the mail is bad.
 *
 * @throws SmtpError where the server is to blame: what the server has written stays out of it, since that quotes addresses.
 */
export function afterSmtpFailure(error: unknown): ProviderAnswer {
  const { data: failure = {} } = SmtpFailure.safeParse(error);
  const said = new SmtpError(inWords(failure));
  const { command, responseCode = 0 } = failure;
  const isOfThisMail = command === 'RCPT TO' || command === 'DATA';
  if (isOfThisMail && responseCode >= 500 && responseCode !== 503) return { kind: 'refused', reason: said.message };
  if (command === 'RCPT TO' && responseCode >= 400 && responseCode !== 421 && responseCode < 500)
    return { kind: 'failed', error: said };
  throw said;
}

/** A mail was not taken by the server. */
export class SmtpError extends Error {
  override readonly name = 'SmtpError';
}

/** The enhanced status code says more than the first. Source: RFC 3463 */
function inWords({ code = 'no answer', command = 'CONN', responseCode, response = '' }: SmtpFailure): string {
  if (responseCode === undefined) return `the mail server was not reached, or has not answered (${code} at ${command})`;
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return `the mail server said ${responseCode}${enhanced === undefined ? '' : ` ${enhanced}`} to ${command}`;
}
