import type { Methods } from '../http/methods.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { CosmosRequest } from '../http/request.ts';
import type { Service } from '../service.ts';

/** The account. */
export const account: Methods<[service: Service, request: CosmosRequest]> = {
  GET: {
    does: 'reads the account: one region, and the consistency that the server was started with',
    answer: readAccount,
  },
};

function readAccount({ consistency }: Service, { headers }: CosmosRequest): Reply {
  // Where the client has found the server, it will again: only it knows what stands between. An account called `localhost` makes
  // the SDK ignore its locations.
  const location = { name: 'Local', databaseAccountEndpoint: `http://${headers.host}/` };
  return jsonReply(200, {
    id: 'lagerhaus',
    _self: '',
    _rid: 'lagerhaus',
    media: '//media/',
    addresses: '//addresses/',
    _dbs: '//dbs/',
    writableLocations: [location],
    readableLocations: [location],
    enableMultipleWriteLocations: false,
    userReplicationPolicy: { asyncReplication: false, minReplicaSetSize: 1, maxReplicasetSize: 1 },
    userConsistencyPolicy: { defaultConsistencyLevel: consistency },
    systemReplicationPolicy: { minReplicaSetSize: 1, maxReplicasetSize: 1 },
    readPolicy: { primaryReadCoefficient: 1, secondaryReadCoefficient: 1 },
    queryEngineConfiguration: '{}',
  });
}
