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
export class AmqpRefusal extends Error {
  override readonly name = 'AmqpRefusal';
  readonly condition: string;

  constructor(condition: keyof typeof conditions, description: string) {
    super(description);
    this.condition = conditions[condition];
  }
}

/** The refusal that a fault rule asks for by a status, which means what it means in HTTP. */
export function refusalOf(status: number): AmqpRefusal {
  const description = `a fault rule refuses this (${status})`;
  if (status === 401) return new AmqpRefusal('unauthorized', description);
  if (status === 404) return new AmqpRefusal('notFound', description);
  if (status === 408) return new AmqpRefusal('timeout', description);
  if (status === 410) return new AmqpRefusal('detached', description);
  if (status === 413) return new AmqpRefusal('tooLarge', description);
  if (status === 503) return new AmqpRefusal('serverBusy', description);
  return new AmqpRefusal('internal', description);
}
