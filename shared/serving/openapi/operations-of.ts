import type { Service } from '../../capabilities/define-service.ts';
import { knownProblems } from '../../capabilities/endpoints/known-problems.ts';
import { deadLetterServiceOf } from '../../dead-letters/dead-letters-container.ts';
import { healthEndpoint } from '../../health/health.ts';
import { docsPage } from '../pages/docs-route.ts';
import { keySetPage } from '../pages/key-set-route.ts';
import { metricsPage } from '../pages/metrics-route.ts';
import { openApiPage } from '../pages/open-api-route.ts';
import { type ApiOperation, endpointOperation, pageOperation } from './operation.ts';

/** What an app serves whatever its services. */
const pages = [docsPage, keySetPage, metricsPage, openApiPage];

/** Everything that an app of these services answers to; what is no service's own belongs where the dead letters do. */
export function operationsOf(
  services: readonly Service[],
  systemTag = deadLetterServiceOf(services),
): readonly ApiOperation[] {
  const known = knownProblems(services);
  return [
    ...services.flatMap(({ name, endpoints }) =>
      endpoints.map((endpoint) => endpointOperation(endpoint, { tag: name, known })),
    ),
    endpointOperation(
      healthEndpoint(services, () => ({})),
      { tag: systemTag, known },
    ),
    ...pages.map((page) => pageOperation(page, { tag: systemTag, known })),
  ];
}
