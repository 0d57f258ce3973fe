/** Whom a provider is to reach: an id is one person's within a tenant. */
export interface Recipient {
  readonly tenant: string;
  readonly recipientId: string;
}
