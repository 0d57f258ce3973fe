import { FailureReason } from '../../../shared/events/contracts/notifications.ts';
import { repeatableIds } from '../../../shared/ids.ts';
import type { EffectOutcome } from '../../../shared/persistence/documents/effect-attempt.ts';
import type { Channel } from '../templates/channel.ts';
import type { DeliveryState } from './delivery.ts';
import { failed, sent } from './delivery-events.ts';

/** Of all attempts, minutes after another; some 20 hours in all. */
export const retryAfter = ['PT1M', 'PT5M', 'PT30M', 'PT2H', 'PT6H', 'PT12H'];

/** The key under which the provider knows a delivery: another one where it has refused it before. */
export function keyOf({ round }: Pick<DeliveryState, 'round'>, key: string): string {
  return round === 0 ? key : repeatableIds(key, String(round))();
}

/** What is told of how a delivery ended. What is refused by a reason of ours says so, anything else was rejected. */
export function settled(
  delivery: DeliveryState,
  channel: Channel,
  outcome: EffectOutcome,
  { provider, now }: { readonly provider: string; readonly now: Date },
) {
  const at = now.toISOString();
  if (outcome.kind === 'done') return sent(delivery, channel, { provider, at, messageId: outcome.reference });
  const reason = outcome.kind === 'gave-up' ? 'gave-up' : FailureReason.catch('rejected').parse(outcome.reason);
  return failed(delivery, channel, { reason, at });
}
