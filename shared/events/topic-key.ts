import { hashOf } from '../ids.ts';
import type { Envelope } from './envelope.ts';

/**
 * What Event Hubs takes for a partition key over AMQP, where kafkajs takes any.
 * Source: Azure SDK for Java, `MAX_PARTITION_KEY_LENGTH` of EventHubProducerAsyncClient; the SDK for JavaScript leaves it to the service.
 */
const longestKeyBytes = 128;

/**
 * The key of an event's message: the tenant, then what the event has to be in order with. So tenants share a partition only
 * where their keys happen to fall into the same one. Of a key that is too long, the hash stands behind the tenant.
 */
export function topicKeyOf({ tenantid, partitionkey }: Pick<Envelope, 'tenantid' | 'partitionkey'>): string {
  const key = `${tenantid}/${partitionkey}`;
  return Buffer.byteLength(key) <= longestKeyBytes ? key : `${tenantid}/${hashOf([partitionkey])}`;
}
