import { jsonReply, type Reply } from '../http/reply.ts';

/** No throughput is provisioned here, as in a serverless account: there are no offers to list. */
export function readOffers(): Reply {
  return jsonReply(200, { _rid: '', Offers: [], _count: 0 }, { 'x-ms-item-count': '0', 'x-ms-request-charge': '1' });
}
