import { z } from 'zod';
import { alreadyExists, badRequest } from '../errors.ts';
import type { Methods } from '../http/methods.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { type CosmosRequest, headerOf, parsePayload } from '../http/request.ts';
import { metadataCharge } from '../request-charge.ts';
import type { Catalog, Database } from '../storage/catalog.ts';
import { describeList, refuseQuery } from './metadata-list.ts';
import { checkWrite } from './precondition.ts';

const NewDatabase = z.looseObject({ id: z.string().regex(/^[^/\\?#]{1,255}$/) });

const charge = { 'x-ms-request-charge': String(metadataCharge) };

/** All databases of the account. */
export const databases: Methods<[Catalog, CosmosRequest]> = {
  GET: { does: 'lists the databases', answer: (catalog) => describeList('', 'Databases', describeAll(catalog)) },
  POST: { does: 'creates a database', answer: create },
};

/** One of them. */
export const database: Methods<[Catalog, Database, CosmosRequest]> = {
  GET: { does: 'reads a database', answer: (_, found) => describe(200, found) },
  DELETE: { does: 'deletes a database with its containers', answer: remove },
};

function create(catalog: Catalog, request: CosmosRequest): Reply {
  refuseQuery(request);
  const parsed = NewDatabase.safeParse(parsePayload(request.body));
  if (!parsed.success) throw badRequest('A database needs an id of 1 to 255 characters without / \\ ? #.');
  if (catalog.databases.has(parsed.data.id)) throw alreadyExists();
  return describe(201, catalog.createDatabase(parsed.data.id));
}

function remove(catalog: Catalog, found: Database, request: CosmosRequest): Reply {
  checkWrite({ ifMatch: headerOf(request, 'if-match') }, found.etag);
  catalog.deleteDatabase(found);
  return { status: 204, headers: charge };
}

function describe(status: number, found: Database): Reply {
  return jsonReply(status, descriptionOf(found), { etag: found.etag, ...charge });
}

function descriptionOf({ id, rid, etag, ts }: Database) {
  return { id, _rid: rid, _self: `dbs/${rid}/`, _etag: etag, _colls: 'colls/', _users: 'users/', _ts: ts };
}

const describeAll = (catalog: Catalog) => [...catalog.databases.values()].map(descriptionOf);
