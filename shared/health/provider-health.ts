import type { Breaker } from '../async/breaker.ts';
import type { ChecksOf, Dependency } from '../telemetry/service-health.ts';

/** Whoever does an effect outside, as its lane knows them. */
export interface Provider {
  readonly service: string;
  /** The effect. */
  readonly name: string;
  readonly breaker: Pick<Breaker, 'state'>;
}

/**
 * The checks of a service and, where it has effects here, how whoever does them is. That is what this process has met: another may
 * have met something else, so it is no part of how the service is told to be.
 */
export function withProviders(checksOf: ChecksOf, providers: readonly Provider[]): ChecksOf {
  return (service) => {
    const own = providers.filter((one) => one.service === service);
    return { ...checksOf(service), ...(own.length === 0 ? {} : { providers: async () => providersAnswer(own) }) };
  };
}

/** A provider that is away: what it was to do waits, and nothing else does. Why it is says the log. */
function providersAnswer(providers: readonly Provider[]): Dependency {
  const away = providers.filter(({ breaker }) => breaker.state !== 'closed').map(({ name }) => name);
  if (away.length === 0) return { status: 'ok' };
  return { status: 'degraded', detail: `the provider of ${away.join(', ')} does not answer: what it is to do waits` };
}
