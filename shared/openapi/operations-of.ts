import { operationsService } from '../persistence/dead-letter.ts';
import type { Service } from '../service/define-service.ts';
import { docsPage } from '../service/docs-route.ts';
import { healthEndpoint } from '../service/health.ts';
import { keySetPage } from '../service/key-set-route.ts';
import { metricsPage } from '../service/metrics-route.ts';
import { openApiPage } from '../service/open-api-route.ts';
import { endpointOperation, type Operation, pageOperation } from './operation.ts';

/** What an app serves whatever its services. */
const pages = [docsPage, keySetPage, metricsPage, openApiPage];

/** Everything that an app of these services answers to. */
export function operationsOf(services: readonly Service[]): readonly Operation[] {
  return [
    ...services.flatMap(({ name, endpoints }) => endpoints.map((endpoint) => endpointOperation(endpoint, name))),
    endpointOperation(
      healthEndpoint(services, () => ({})),
      operationsService,
    ),
    ...pages.map((page) => pageOperation(page, operationsService)),
  ];
}
