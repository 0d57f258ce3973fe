import { unsupported } from '../errors.ts';
import { isQuery } from '../http/document-operation.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { CosmosRequest } from '../http/request.ts';
import { metadataCharge } from '../request-charge.ts';

/** The list of all databases of the account, or containers of a database. */
export function describeList(ownerRid: string, name: string, descriptions: readonly unknown[]): Reply {
  const headers = { 'x-ms-item-count': String(descriptions.length), 'x-ms-request-charge': String(metadataCharge) };
  return jsonReply(200, { _rid: ownerRid, [name]: descriptions, _count: descriptions.length }, headers);
}

/** @throws CosmosError 400 for a query over databases or containers, which can be listed only. */
export function refuseQuery(request: CosmosRequest): void {
  if (isQuery(request)) throw unsupported('A query over databases or containers');
}
