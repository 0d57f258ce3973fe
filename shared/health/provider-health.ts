import type { Breaker } from '../async/breaker.ts';
import type { Dependency } from './dependency.ts';

/** Whoever does an effect outside, as its lane knows them. */
export interface Provider {
  readonly service: string;
  /** The effect. */
  readonly name: string;
  readonly breaker: Pick<Breaker, 'state'>;
}

/** A provider that is away: what it was to do waits, and nothing else does. Why it is says the log. */
export function providersAnswer(providers: readonly Provider[]): Dependency {
  const away = providers.filter(({ breaker }) => breaker.state !== 'closed').map(({ name }) => name);
  if (away.length === 0) return { status: 'ok' };
  return { status: 'degraded', detail: `the provider of ${away.join(', ')} does not answer: what it is to do waits` };
}
