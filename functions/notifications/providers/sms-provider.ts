import type { ProviderAnswer } from '../../../shared/capabilities/effect.ts';
import type { Recipient } from './recipient.ts';

/** A text message as a provider gets it. */
export interface Sms extends Recipient {
  /** By which the provider tells a second attempt: a UUID, the same at each. */
  readonly key: string;
  /** The telephone, as it is now: E.164 (`+491701234567`). */
  readonly to: string;
  readonly text: string;
  /** When the notice was made, ISO 8601 in UTC: the same at each attempt. */
  readonly date: string;
}

/** Whoever sends text messages. */
export interface SmsProvider {
  /** What events call it. */
  readonly name: string;
  /**
   * The same key is the same message, whatever it says; it is also the `reference` of what is done, since reports are of it.
   *
   * @throws Error where another try may succeed.
   */
  readonly send: (sms: Sms, signal: AbortSignal) => Promise<ProviderAnswer>;
  /** Has nothing left of what it has for somebody, where that lies with us: elsewhere what was sent is sent. */
  readonly forget?: (recipient: Recipient) => Promise<void>;
}
