import { methodNotAllowed, ownerNotFound } from '../errors.ts';
import { readAccount } from '../resources/account.ts';
import { containerRequest, containersRequest } from '../resources/containers.ts';
import { databaseRequest, databasesRequest } from '../resources/databases.ts';
import { itemsRequest } from '../resources/items.ts';
import { readRanges } from '../resources/partition-key-ranges.ts';
import type { Service } from '../service.ts';
import type { Database } from '../storage/catalog.ts';
import type { Container } from '../storage/container.ts';
import { type Address, addressOf } from './address.ts';
import type { Reply } from './reply.ts';
import type { CosmosRequest } from './request.ts';

/**
 * Finds what a request is about, and has it answered.
 * @throws CosmosError when the request is refused.
 */
export function route(service: Service, request: CosmosRequest): Reply {
  const address = addressOf(request.segments);
  switch (address.kind) {
    case 'account':
      return only('GET', request, () => readAccount(service.endpoint));
    case 'databases':
      return databasesRequest(service.catalog, request);
    case 'database':
      return databaseRequest(service.catalog, databaseAt(service, address), request);
    case 'containers':
      return containersRequest(service.catalog, databaseAt(service, address), request);
    case 'container':
      return containerRequest(service.catalog, databaseAt(service, address), containerAt(service, address), request);
    case 'ranges':
      return only('GET', request, () => readRanges(containerAt(service, address)));
    case 'items':
    case 'item':
      return itemsRequest(containerAt(service, address), address, request);
  }
}

function only(method: string, request: CosmosRequest, answer: () => Reply): Reply {
  if (request.method !== method) throw methodNotAllowed(request.method);
  return answer();
}

function databaseAt(service: Service, address: Extract<Address, { database: string }>): Database {
  const database = service.catalog.databases.get(address.database);
  if (database === undefined) throw ownerNotFound(address.kind === 'database' ? 0 : 1003);
  return database;
}

function containerAt(service: Service, address: Extract<Address, { container: string }>): Container {
  const container = databaseAt(service, address).containers.get(address.container);
  if (container === undefined) throw ownerNotFound(address.kind === 'container' ? 0 : 1003);
  return container;
}
