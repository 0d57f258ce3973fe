import { z } from 'zod';
import { alreadyExists, badRequest, methodNotAllowed } from '../errors.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { type CosmosRequest, headerOf, parsePayload } from '../http/request.ts';
import { metadataCharge } from '../request-charge.ts';
import type { Catalog, Database } from '../storage/catalog.ts';
import { describeList, refuseQuery } from './metadata-list.ts';
import { checkWrite } from './precondition.ts';

const NewDatabase = z.looseObject({ id: z.string().regex(/^[^/\\?#]{1,255}$/) });

const charge = { 'x-ms-request-charge': String(metadataCharge) };

/** GET and POST on `/dbs`. */
export function databasesRequest(catalog: Catalog, request: CosmosRequest): Reply {
  if (request.method === 'GET') return describeList('', 'Databases', describeAll(catalog));
  if (request.method !== 'POST') throw methodNotAllowed(request.method);
  refuseQuery(request);
  const parsed = NewDatabase.safeParse(parsePayload(request.body));
  if (!parsed.success) throw badRequest('A database needs an id of 1 to 255 characters without / \\ ? #.');
  if (catalog.databases.has(parsed.data.id)) throw alreadyExists();
  return describe(201, catalog.createDatabase(parsed.data.id));
}

/** GET and DELETE on `/dbs/{database}`. */
export function databaseRequest(catalog: Catalog, database: Database, request: CosmosRequest): Reply {
  if (request.method === 'GET') return describe(200, database);
  if (request.method !== 'DELETE') throw methodNotAllowed(request.method);
  checkWrite({ ifMatch: headerOf(request, 'if-match') }, database.etag);
  catalog.deleteDatabase(database);
  return { status: 204, headers: charge };
}

function describe(status: number, database: Database): Reply {
  return jsonReply(status, descriptionOf(database), { etag: database.etag, ...charge });
}

function descriptionOf({ id, rid, etag, ts }: Database) {
  return { id, _rid: rid, _self: `dbs/${rid}/`, _etag: etag, _colls: 'colls/', _users: 'users/', _ts: ts };
}

const describeAll = (catalog: Catalog) => [...catalog.databases.values()].map(descriptionOf);
