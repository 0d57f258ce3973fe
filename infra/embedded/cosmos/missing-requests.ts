import { refusedResources } from './http/address.ts';

/** What the service can be asked for besides queries and this server cannot: each feature, and by what it is asked for. */
export const missingRequests: ReadonlyMap<string, string> = new Map([
  ['The change feed', '`A-IM`'],
  ['Partial update', '`PATCH`'],
  ['A query over databases or containers', '`POST /dbs`, `POST …/colls`'],
  ...Object.entries(refusedResources).map(([path, feature]) => [feature, `\`…/${path}\``] as const),
]);
