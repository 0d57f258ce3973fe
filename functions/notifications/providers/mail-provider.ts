import type { KnownAttempt, ProviderAnswer } from '../../../shared/capabilities/effect.ts';
import type { FailureReason } from '../../../shared/events/contracts/notifications.ts';
import type { Recipient } from './recipient.ts';

/** A mail as a provider gets it. */
export interface Mail extends Recipient {
  /** By which the provider tells a second attempt: a UUID, the same at each. */
  readonly key: string;
  /** The address, as it is now. */
  readonly to: string;
  /** As which the tenant writes; the address that it writes from is the provider's own. */
  readonly senderName: string;
  readonly subject: string;
  readonly body: string;
  /** When the notice was made, ISO 8601 in UTC: the same at each attempt. */
  readonly date: string;
}

/** Why a provider refuses an address that has bounced before, or whose owner has complained to it. */
export const suppressed = 'suppressed' satisfies FailureReason;

/** Whoever sends mails. */
export interface MailProvider {
  /** What events call it. */
  readonly name: string;
  /**
   * The same key is the same mail, whatever it says; it is also the `reference` of what is done, since reports are of it.
   *
   * @throws Error where another try may succeed.
   */
  readonly send: (mail: Mail, signal: AbortSignal) => Promise<ProviderAnswer>;
  /** What became of the mail of this key, where the provider can tell. @throws Error where it does not answer. */
  readonly ask?: (key: string, signal: AbortSignal) => Promise<KnownAttempt>;
  /** Has nothing left of what it has for somebody, where that lies with us: elsewhere what was sent is sent. */
  readonly forget?: (recipient: Recipient) => Promise<void>;
}
