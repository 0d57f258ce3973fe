import { alreadyExists, badRequest } from '../errors.ts';
import type { Methods } from '../http/methods.ts';
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

/** All containers of a database. */
export const containers: Methods<[Catalog, Database, CosmosRequest]> = {
  GET: { does: 'lists the containers', answer: (_, database) => list(database) },
  POST: { does: 'creates a container', answer: create },
};

/** One of them. */
export const container: Methods<[Catalog, Database, Container, CosmosRequest]> = {
  GET: { does: 'reads a container', answer: (_, database, found) => describe(200, database, found) },
  PUT: { does: 'replaces the indexing policy and time to live of a container', answer: replace },
  DELETE: { does: 'deletes a container with its items', answer: remove },
};

function list(database: Database): Reply {
  const descriptions = [...database.containers.values()].map((found) => descriptionOf(database, found));
  return describeList(database.rid, 'DocumentCollections', descriptions);
}

function create(catalog: Catalog, database: Database, request: CosmosRequest): Reply {
  refuseQuery(request);
  const definition = parseContainerDefinition(parsePayload(request.body));
  if (database.containers.has(definition.id)) throw alreadyExists();
  return describe(201, database, catalog.createContainer(database, definition));
}

function replace(catalog: Catalog, database: Database, found: Container, request: CosmosRequest): Reply {
  checkWrite({ ifMatch: headerOf(request, 'if-match') }, found.etag);
  return describe(200, database, catalog.replaceContainer(database, found, replacementFor(found, request)));
}

function remove(catalog: Catalog, database: Database, found: Container, request: CosmosRequest): Reply {
  checkWrite({ ifMatch: headerOf(request, 'if-match') }, found.etag);
  catalog.deleteContainer(database, found);
  return { status: 204, headers: charge };
}

function replacementFor(found: Container, request: CosmosRequest) {
  const definition = parseContainerDefinition(parsePayload(request.body));
  if (definition.id !== found.definition.id) throw badRequest('The id of a container cannot be changed.');
  if (definition.partitionKey.paths[0] !== found.definition.partitionKey.paths[0]) {
    throw badRequest('The partition key definition of a container cannot be changed.');
  }
  return definition;
}

function describe(status: number, database: Database, found: Container): Reply {
  const headers = { etag: found.etag, ...charge, ...sessionHeaders(database.id, found) };
  return jsonReply(status, descriptionOf(database, found), headers);
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
