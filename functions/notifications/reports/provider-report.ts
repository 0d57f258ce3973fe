/** What a provider has to say of a message after it took it, as far as anything follows from it. */
export interface ProviderReport {
  /** What the provider calls the report: the same one may come several times. */
  readonly id: string;
  /** The key under which the message was sent. */
  readonly messageId: string;
  readonly kind: ReportKind;
}

/**
 * `bounced`: it does not reach its recipient. `suppressed`: the provider has kept it back, since others have bounced before.
 * `complained`: its recipient calls it spam.
 */
export const reportKinds = ['bounced', 'suppressed', 'complained'] as const;
export type ReportKind = (typeof reportKinds)[number];
