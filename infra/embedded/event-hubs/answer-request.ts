import rhea, { type Message } from 'rhea';
import { AmqpError, conditions } from './amqp-error.ts';
import type { Client } from './client.ts';

/** What a request asks for: its application properties, and its body. */
export interface AmqpRequest {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface AmqpAnswer {
  readonly status: number;
  readonly description: string;
  readonly body?: unknown;
}

const statuses: Readonly<Record<string, number>> = {
  [conditions.unauthorized]: 401,
  [conditions.notFound]: 404,
  [conditions.argument]: 400,
  [conditions.serverBusy]: 503,
};

/**
 * Answers a request to a node on the link that its `reply_to` names, or on the one that the client has opened from that node; with
 * status and description in the application properties.
 */
export async function answerRequest(
  client: Client,
  node: string,
  { message_id, reply_to, application_properties, body }: Message,
  answer: (request: AmqpRequest) => Promise<AmqpAnswer>,
): Promise<void> {
  const found = await answer({ properties: application_properties ?? {}, body }).catch(refused);
  const { status, description, body: answerBody = '' } = found;
  client.answerLink(reply_to ?? node)?.send({
    ...(message_id === undefined ? {} : { correlation_id: message_id }),
    application_properties: {
      // An int, which is what the SDK for Go takes; a number would become a long.
      'status-code': rhea.types.wrap_int(status),
      'status-description': description,
      ...('condition' in found ? { 'error-condition': found.condition } : {}),
    },
    body: answerBody,
  });
}

function refused(error: unknown): AmqpAnswer & { readonly condition: string } {
  if (!(error instanceof AmqpError)) throw error;
  return { status: statuses[error.condition] ?? 500, description: error.message, condition: error.condition };
}
