import type { Methods } from '../http/methods.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { Container } from '../storage/container.ts';

/** The id of the one physical partition that a container has here. */
export const onlyRange = '0';

/** The ranges of the partition key's hash: one, from end to end. */
export const ranges: Methods<[Container]> = {
  GET: { does: 'reads the physical partitions: there is one', answer: readRanges },
};

function readRanges(container: Container): Reply {
  const range = {
    _rid: container.rid,
    id: onlyRange,
    _etag: container.etag,
    minInclusive: '',
    maxExclusive: 'FF',
    ridPrefix: 0,
    throughputFraction: 1,
    status: 'online',
    parents: [],
    _ts: container.ts,
    lsn: container.items.lsn,
  };
  const headers = { etag: container.etag, 'x-ms-item-count': '1', 'x-ms-request-charge': '1' };
  return jsonReply(200, { _rid: container.rid, PartitionKeyRanges: [range], _count: 1 }, headers);
}
