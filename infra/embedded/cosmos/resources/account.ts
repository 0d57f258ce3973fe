import type { Methods } from '../http/methods.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { Service } from '../service.ts';

/** The account. */
export const account: Methods<[service: Service]> = {
  GET: {
    does: 'reads the account: one region, and the consistency that the server was started with',
    answer: readAccount,
  },
};

function readAccount({ endpoint, consistency }: Service): Reply {
  // An account called `localhost` makes the SDK ignore its locations.
  const location = { name: 'Local', databaseAccountEndpoint: endpoint };
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
