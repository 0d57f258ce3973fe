/** The error conditions that Event Hubs answers with (learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-troubleshoot). */
export const conditions = {
  notFound: 'amqp:not-found',
  notAllowed: 'amqp:not-allowed',
  unauthorized: 'amqp:unauthorized-access',
  tooLarge: 'amqp:link:message-size-exceeded',
  detached: 'amqp:link:detach-forced',
  stolen: 'amqp:link:stolen',
  serverBusy: 'com.microsoft:server-busy',
  timeout: 'com.microsoft:timeout',
  argument: 'com.microsoft:argument-error',
  internal: 'amqp:internal-error',
} as const;

/** Why a link or a message is refused. */
export class AmqpError extends Error {
  override readonly name = 'AmqpError';
  readonly condition: string;

  constructor(condition: keyof typeof conditions, description: string) {
    super(description);
    this.condition = conditions[condition];
  }
}

/** What the status of a fault rule means here. Any other is an internal error. */
export const conditionOfStatus: ReadonlyMap<number, keyof typeof conditions> = new Map([
  [401, 'unauthorized'],
  [404, 'notFound'],
  [408, 'timeout'],
  [410, 'detached'],
  [413, 'tooLarge'],
  [503, 'serverBusy'],
]);

/** The error that a fault rule asks for by a status, which means what it means in HTTP. */
export function errorForStatus(status: number): AmqpError {
  return new AmqpError(conditionOfStatus.get(status) ?? 'internal', `a fault rule refuses this (${status})`);
}
