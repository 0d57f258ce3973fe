import { z } from 'zod';
import { services } from '../../functions/services.ts';
import { DeploymentError, type ShopClient, shopClient } from './shop-client.ts';

/** The service that answers below `/api/v1/orders`, by the word that its routes begin with. */
const serviceOfWord = new Map(
  services.flatMap(({ name, endpoints }) => endpoints.map(({ route }) => [wordOf(route), name] as const)),
);

/** `orders` of `/api/v1/orders/{id}`. */
function wordOf(route: string): string | undefined {
  return /^\/?(?:api\/v1\/)?([^/?]+)/.exec(route)?.[1];
}

const Health = z.object({ services: z.record(z.string(), z.unknown()) });

/**
 * A shop whose services run in these apps: each route is called where its service is. What is no service's, such as health, is
 * asked of the first.
 *
 * @throws DeploymentError where an app does not say what it runs; when a route is called whose service runs in none.
 */
export async function shopOf(urls: readonly string[]): Promise<ShopClient> {
  const [first = '', ...others] = urls;
  if (others.length === 0) return shopClient(first);
  const placeOf = new Map<string, string>();
  for (const url of urls) {
    const { success, data } = Health.safeParse((await shopClient(url).call('GET', '/health/ready')).body);
    if (!success) throw new DeploymentError(`${url}/health/ready does not say which services run there.`);
    for (const service of Object.keys(data.services)) placeOf.set(service, url);
  }
  return shopAt((route) => {
    const service = serviceOfWord.get(wordOf(route));
    const url = service === undefined ? first : placeOf.get(service);
    if (url === undefined) throw new DeploymentError(`No app runs ${service}, which answers ${route}.`);
    return url;
  });
}

function shopAt(urlOf: (route: string) => string, token?: string): ShopClient {
  return {
    as: (other) => shopAt(urlOf, other),
    call: async (method, route, body) => shopClient(urlOf(route), token).call(method, route, body),
  };
}
