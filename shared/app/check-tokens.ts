import type { Service } from '../capabilities/define-service.ts';
import { Reader } from '../persistence/reading/reader.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Principal } from '../security/principal.ts';

type Checking = Pick<Service, 'name' | 'tokenChecks'>;

/**
 * Why a token of ours counts no longer, by the checks of all services, whichever of them this app runs: any app may have tokens
 * shown, and has every container. Nothing is to be asked where no service has a check.
 */
export function whyEndedBy(
  services: readonly Checking[],
  containerOf: Runtime['containerOf'],
): ((holder: Principal) => Promise<string | undefined>) | undefined {
  const checks = services.flatMap(({ name: service, tokenChecks }) =>
    tokenChecks.map(({ whyEnded }) => ({ service, whyEnded })),
  );
  if (checks.length === 0) return undefined;
  return async (holder) => {
    const asked = checks.map(({ service, whyEnded }) =>
      whyEnded(holder, new Reader(containerOf(service), holder.tenant)),
    );
    return (await Promise.all(asked)).find((reason) => reason !== undefined);
  };
}
