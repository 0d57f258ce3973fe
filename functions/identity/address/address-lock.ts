import { z } from 'zod';
import { SecurityEvent } from '../../../shared/events/contracts/platform.ts';
import { defineAggregate, rememberedSeconds } from '../../../shared/model/aggregate.ts';

/** That an address was locked, and when it was last: so security hears of each time. */
export const AddressLock = defineAggregate({
  kind: 'lock',
  state: z.object({ lockedAt: z.iso.datetime(), ttl: z.int() }),
  events: [SecurityEvent],
  begin: { [SecurityEvent.type]: ({ data: { at } }) => ({ lockedAt: at, ttl: rememberedSeconds }) },
  evolve: { [SecurityEvent.type]: (lock, { data: { at } }) => ({ ...lock, lockedAt: at }) },
});

/** The address is named by a keyed hash: it may be nobody’s, and the event is for others to read. */
export function lock(addressName: string, at: string) {
  return [SecurityEvent({ subject: `address/${addressName}`, kind: 'address-locked', at })];
}
