import { jsonReply, type Reply } from '../http/reply.ts';
import { type CosmosRequest, parsePayload } from '../http/request.ts';
import { readPage } from '../query/page.ts';
import { parseQuery } from '../query/parser.ts';
import { listOf } from '../query/source.ts';
import { metadataCharge } from '../request-charge.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import { parseQuerySpec } from './query-spec.ts';

/** The list of all databases of the account, or containers of a database. */
export function describeList(ownerRid: string, name: string, descriptions: readonly unknown[]): Reply {
  const headers = { 'x-ms-item-count': String(descriptions.length), 'x-ms-request-charge': String(metadataCharge) };
  return jsonReply(200, { _rid: ownerRid, [name]: descriptions, _count: descriptions.length }, headers);
}

/** The part of such a list that a query asks for. There are few, so they come as one page. */
export function queryList(
  sqlite: Sqlite,
  ownerRid: string,
  name: string,
  descriptions: readonly unknown[],
  request: CosmosRequest,
): Reply {
  const { query, parameters } = parseQuerySpec(parsePayload(request.body));
  const page = readPage(sqlite, {
    query: parseQuery(query),
    source: listOf(descriptions),
    parameters,
    maxItems: descriptions.length,
    continuation: undefined,
    mark: '',
  });
  return describeList(
    ownerRid,
    name,
    page.results.map((result) => JSON.parse(result)),
  );
}
