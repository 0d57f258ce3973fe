import type { Methods } from '../http/methods.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { type CosmosRequest, headerOf } from '../http/request.ts';
import type { Container } from '../storage/container.ts';
import { isKnownToReader } from './precondition.ts';

/** The id of the one physical partition that a container has here. */
export const onlyRange = '0';

/** The ranges of the partition key's hash: one, from end to end. */
export const ranges: Methods<[Container, CosmosRequest]> = {
  GET: { does: 'reads the physical partitions: there is one', answer: readRanges },
};

/** A reader who has the ranges already is told so: some SDKs ask until they are (304). */
function readRanges(container: Container, request: CosmosRequest): Reply {
  const headers = { etag: container.etag, 'x-ms-item-count': '1', 'x-ms-request-charge': '1' };
  if (isKnownToReader({ ifNoneMatch: headerOf(request, 'if-none-match') }, container.etag))
    return { status: 304, headers };
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
  return jsonReply(200, { _rid: container.rid, PartitionKeyRanges: [range], _count: 1 }, headers);
}
