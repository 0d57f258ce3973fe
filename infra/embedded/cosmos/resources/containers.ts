import { alreadyExists, badRequest, methodNotAllowed } from '../errors.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { type CosmosRequest, headerOf, parsePayload } from '../http/request.ts';
import { parseContainerDefinition } from '../model/container-definition.ts';
import { metadataCharge } from '../request-charge.ts';
import type { Catalog, Database } from '../storage/catalog.ts';
import type { Container } from '../storage/container.ts';
import { describeList, refuseQuery } from './metadata-list.ts';
import { checkWrite } from './precondition.ts';
import { sessionHeaders } from './session.ts';

const charge = { 'x-ms-request-charge': String(metadataCharge) };

/** GET and POST on `/dbs/{database}/colls`. */
export function containersRequest(catalog: Catalog, database: Database, request: CosmosRequest): Reply {
  if (request.method === 'GET') {
    const descriptions = [...database.containers.values()].map((container) => descriptionOf(database, container));
    return describeList(database.rid, 'DocumentCollections', descriptions);
  }
  if (request.method !== 'POST') throw methodNotAllowed(request.method);
  refuseQuery(request);
  const definition = parseContainerDefinition(parsePayload(request.body));
  if (database.containers.has(definition.id)) throw alreadyExists();
  return describe(201, database, catalog.createContainer(database, definition));
}

/** GET, PUT and DELETE on `/dbs/{database}/colls/{container}`. */
export function containerRequest(
  catalog: Catalog,
  database: Database,
  container: Container,
  request: CosmosRequest,
): Reply {
  if (request.method === 'GET') return describe(200, database, container);
  checkWrite({ ifMatch: headerOf(request, 'if-match') }, container.etag);
  if (request.method === 'DELETE') {
    catalog.deleteContainer(database, container);
    return { status: 204, headers: charge };
  }
  if (request.method !== 'PUT') throw methodNotAllowed(request.method);
  return describe(200, database, catalog.replaceContainer(database, container, replacementFor(container, request)));
}

function replacementFor(container: Container, request: CosmosRequest) {
  const definition = parseContainerDefinition(parsePayload(request.body));
  if (definition.id !== container.definition.id) throw badRequest('The id of a container cannot be changed.');
  if (definition.partitionKey.paths[0] !== container.definition.partitionKey.paths[0]) {
    throw badRequest('The partition key definition of a container cannot be changed.');
  }
  return definition;
}

function describe(status: number, database: Database, container: Container): Reply {
  const headers = { etag: container.etag, ...charge, ...sessionHeaders(database.id, container) };
  return jsonReply(status, descriptionOf(database, container), headers);
}

function descriptionOf(database: Database, { definition, rid, etag, ts }: Container) {
  return {
    ...definition,
    _rid: rid,
    _self: `dbs/${database.rid}/colls/${rid}/`,
    _etag: etag,
    _ts: ts,
    _docs: 'docs/',
    _sprocs: 'sprocs/',
    _triggers: 'triggers/',
    _udfs: 'udfs/',
    _conflicts: 'conflicts/',
  };
}
