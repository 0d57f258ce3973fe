import { consumerName } from '../../shared/app/consumers-of.ts';
import type { Service } from '../../shared/capabilities/define-service.ts';
import { topicsOf } from '../../shared/consuming/listening.ts';
import { topics } from '../../shared/events/topics.ts';
import { indexingPolicyOf } from '../../shared/persistence/cosmos/indexing-policy.ts';

/**
 * What Azure has to have for the services of this code, as Bicep reads it: topics, containers with their indexes, and a consumer
 * group for each service and topic, whatever a setting switches off.
 */
export function azureRegistry(services: readonly Service[]) {
  return {
    topics,
    containers: services.map(({ container: name, indexes }) => ({ name, indexingPolicy: indexingPolicyOf(indexes) })),
    consumers: services.flatMap(({ name: service, subscribers }) => {
      const read = new Set(subscribers.flatMap(({ on }) => topicsOf(on)));
      return [...read].map((topic) => ({ name: consumerName(service, topic), topic }));
    }),
  };
}
