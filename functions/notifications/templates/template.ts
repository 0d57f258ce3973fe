import type { Channel } from './channel.ts';

/** What a template is filled with: nothing personal, since it is told by an event. */
export type Parameters = Readonly<Record<string, string>>;

/** What a template says. */
export interface Text {
  readonly subject: string;
  readonly body: string;
}

/** How something is told. */
export interface Template {
  /** By which channels it goes to whoever has said nothing of what they want. */
  readonly byDefault: readonly Channel[];
  /** Whether it is a warning that goes by e-mail whatever somebody wants, since whoever has stolen an account could switch it off. */
  readonly isForSecurity?: boolean;
}
