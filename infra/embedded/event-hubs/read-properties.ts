import rhea from 'rhea';
import { recordsIn } from '../kafka/protocol/records.ts';
import { AmqpError, errorForStatus } from './amqp-error.ts';
import type { AmqpAnswer, AmqpRequest } from './answer-request.ts';
import type { Client } from './client.ts';
import type { Hubs } from './hubs.ts';
import { offsetOf } from './sequence.ts';

const none = -1;

/**
 * `$management`: READ of a hub and of a partition
 * (learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-request-response describes the form).
 */
export async function readProperties({ properties }: AmqpRequest, client: Client, hubs: Hubs): Promise<AmqpAnswer> {
  const { operation, type, name, partition } = properties;
  const hub = String(name);
  const verdict = await hubs.judge('ReadProperties', hub, client.name);
  if (verdict.kind === 'refuse') throw errorForStatus(verdict.status);
  if (operation === 'READ' && type === 'com.microsoft:eventhub') return answer(hubProperties(hub, hubs));
  if (operation === 'READ' && type === 'com.microsoft:partition')
    return answer(partitionProperties(hub, Number(partition), hubs));
  throw new AmqpError('argument', `$management has no ${operation} of ${type}`);
}

function answer(body: Readonly<Record<string, unknown>>): AmqpAnswer {
  return { status: 200, description: 'OK', body };
}

function hubProperties(name: string, hubs: Hubs) {
  const ids = hubs.hub(name).partitions.map((_, number) => String(number));
  return {
    name,
    type: 'com.microsoft:eventhub',
    created_at: rhea.types.wrap_timestamp(0),
    partition_count: ids.length,
    partition_ids: rhea.types.wrap_array(ids, 0xa1, undefined),
    georeplication_factor: 1,
  };
}

function partitionProperties(name: string, number: number, hubs: Hubs) {
  const { startOffset, endOffset } = hubs.partition(name, number);
  const isEmpty = startOffset === endOffset;
  const last = isEmpty ? undefined : lastRecord(name, number, hubs);
  return {
    name,
    type: 'com.microsoft:partition',
    partition: String(number),
    begin_sequence_number: rhea.types.wrap_long(startOffset),
    last_enqueued_sequence_number: rhea.types.wrap_long(isEmpty ? none : endOffset - 1),
    last_enqueued_offset: isEmpty ? String(none) : offsetOf(endOffset - 1),
    last_enqueued_time_utc: rhea.types.wrap_timestamp(last?.timestamp ?? 0),
    is_partition_empty: isEmpty,
  };
}

function lastRecord(name: string, number: number, hubs: Hubs) {
  const log = hubs.partition(name, number);
  return recordsIn(Buffer.concat(log.read(log.endOffset - 1, 1, true))).at(-1);
}
