import type { ProviderAnswer } from '../../../shared/capabilities/effect.ts';
import type { Mail } from './mail-message.ts';

/** Whoever sends mails. */
export interface MailProvider {
  /** What events call it. */
  readonly name: string;
  /** The same key is the same mail, whatever it says. @throws Error where another try may succeed. */
  readonly send: (mail: Mail, signal: AbortSignal) => Promise<ProviderAnswer>;
}
