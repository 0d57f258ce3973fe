import rhea from 'rhea';
import { recordsIn } from '../kafka/protocol/records.ts';
import { AmqpError, errorForStatus } from './amqp-error.ts';
import type { AmqpAnswer, AmqpRequest } from './answer-request.ts';
import type { Client } from './client.ts';
import type { Hubs } from './hubs.ts';
import { offsetOf } from './sequence.ts';

const none = -1;

type ReadProperties = (hub: string, partition: number, hubs: Hubs) => Readonly<Record<string, unknown>>;

/** What `$management` reads the properties of. */
export const readableTypes = new Map<unknown, ReadProperties>([
  ['com.microsoft:eventhub', hubProperties],
  ['com.microsoft:partition', partitionProperties],
]);

/**
 * `$management`: READ of a hub and of a partition
 * (learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-request-response describes the form).
 */
export async function readProperties({ properties }: AmqpRequest, client: Client, hubs: Hubs): Promise<AmqpAnswer> {
  const { operation, type, name, partition } = properties;
  const hub = String(name);
  const verdict = await hubs.judge('ReadProperties', hub, client.name);
  if (verdict.kind === 'refuse') throw errorForStatus(verdict.status);
  const read = operation === 'READ' ? readableTypes.get(type) : undefined;
  if (read !== undefined) return { status: 200, description: 'OK', body: read(hub, Number(partition), hubs) };
  throw new AmqpError('argument', `$management has no ${operation} of ${type}`);
}

function hubProperties(name: string, _: number, hubs: Hubs) {
  const ids = hubs.hub(name).partitions.map((_, number) => String(number));
  return {
    name,
    type: 'com.microsoft:eventhub',
    created_at: rhea.types.wrap_timestamp(0),
    partition_count: rhea.types.wrap_int(ids.length),
    partition_ids: rhea.types.wrap_array(ids, 0xa1, undefined),
    georeplication_factor: rhea.types.wrap_int(1),
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
