import { ownerNotFound } from '../errors.ts';
import { account } from '../resources/account.ts';
import { container, containers } from '../resources/containers.ts';
import { database, databases } from '../resources/databases.ts';
import { itemsRequest } from '../resources/items.ts';
import { ranges } from '../resources/partition-key-ranges.ts';
import { readingOf } from '../resources/reading.ts';
import type { Service } from '../service.ts';
import type { Database } from '../storage/catalog.ts';
import type { Container } from '../storage/container.ts';
import { type Address, addressOf } from './address.ts';
import { answerBy } from './methods.ts';
import type { Reply } from './reply.ts';
import type { CosmosRequest } from './request.ts';

/** What can be done with everything but items, by what an address names. */
export const resources = { account, databases, database, containers, container, ranges } as const;

/**
 * Finds what a request is about, and has it answered.
 * @throws CosmosError when the request is refused.
 */
export function route(service: Service, request: CosmosRequest): Reply {
  const address = addressOf(request.segments);
  const { method } = request;
  const { catalog, consistency } = service;
  switch (address.kind) {
    case 'account':
      return answerBy(resources.account, method, service, request);
    case 'databases':
      return answerBy(resources.databases, method, catalog, request);
    case 'database':
      return answerBy(resources.database, method, catalog, databaseAt(service, address), request);
    case 'containers':
      return answerBy(resources.containers, method, catalog, databaseAt(service, address), request);
    case 'container': {
      const found = containerAt(service, address);
      return answerBy(resources.container, method, catalog, databaseAt(service, address), found, request);
    }
    case 'ranges':
      return answerBy(resources.ranges, method, containerAt(service, address), request);
    case 'items':
    case 'item': {
      const found = containerAt(service, address);
      return itemsRequest(found, address, request, readingOf(request, found, consistency));
    }
  }
}

function databaseAt(service: Service, address: Extract<Address, { database: string }>): Database {
  const found = service.catalog.databases.get(address.database);
  if (found === undefined) throw ownerNotFound(address.kind === 'database' ? 0 : 1003);
  return found;
}

function containerAt(service: Service, address: Extract<Address, { container: string }>): Container {
  const found = databaseAt(service, address).containers.get(address.container);
  if (found === undefined) throw ownerNotFound(address.kind === 'container' ? 0 : 1003);
  return found;
}
