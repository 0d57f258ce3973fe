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

/** The refusal that a fault rule asks for by a status, which means what it means in HTTP. */
export function errorForStatus(status: number): AmqpError {
  const description = `a fault rule refuses this (${status})`;
  if (status === 401) return new AmqpError('unauthorized', description);
  if (status === 404) return new AmqpError('notFound', description);
  if (status === 408) return new AmqpError('timeout', description);
  if (status === 410) return new AmqpError('detached', description);
  if (status === 413) return new AmqpError('tooLarge', description);
  if (status === 503) return new AmqpError('serverBusy', description);
  return new AmqpError('internal', description);
}
