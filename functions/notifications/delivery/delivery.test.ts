import { describe, expect, it } from 'vitest';
import { EmailRequested } from '../../../shared/events/contracts/notifications.ts';
import { type DeliveryState, EmailDelivery } from './delivery.ts';
import { failed, requested, retried, sent, unreached } from './delivery-events.ts';
import { keyOf } from './settled.ts';

const at = '2026-11-22T10:00:00.000Z';
const later = new Date('2026-11-22T11:00:00.000Z');
const notice = {
  notificationId: 'n1',
  recipientId: 'ann',
  template: 'order-confirmed',
  parameters: { orderId: 'o1' },
  requestedAt: at,
};
const due = EmailDelivery.apply(undefined, requested('email', notice));
const failedBy = (reason: Parameters<typeof failed>[2]['reason'], delivery: DeliveryState = due) =>
  EmailDelivery.apply(delivery, failed(delivery, 'email', { reason, at }));
const again = (delivery: DeliveryState) => EmailDelivery.apply(delivery, retried(delivery, 'email', later));

describe('a delivery', () => {
  it('a delivery is due at once, under the id of its notice and its channel', () => {
    expect(due).toMatchObject({ deliveryId: 'n1:email', status: 'due', dueAt: '2026-11-22T10:00:10.000Z' });
  });

  it('a delivery that is sent is due no more, and cannot be sent again', () => {
    const over = EmailDelivery.apply(due, sent(due, 'email', { provider: 'file', at }));
    expect(over).toMatchObject({ status: 'sent', provider: 'file', settledAt: at });
    expect(over).not.toHaveProperty('dueAt');
    expect(() => retried(over, 'email', later)).toThrow('a provider has it since 2026-11-22T10:00:00.000Z');
  });

  it('a delivery is suppressed where it must not be sent, and failed for any other reason', () => {
    expect(failedBy('suppressed')).toMatchObject({ status: 'suppressed', reason: 'suppressed' });
    for (const reason of ['no-address', 'rejected', 'bounced', 'gave-up', 'too-long'] as const)
      expect(failedBy(reason)).toMatchObject({ status: 'failed', reason });
  });

  it('a delivery that failed is due at once where it is retried, and nothing is left of how it ended', () => {
    const { round: _, ...rest } = again(failedBy('no-address'));
    expect(rest).toEqual({ ...notice, deliveryId: 'n1:email', status: 'due', dueAt: '2026-11-22T11:00:10.000Z' });
  });

  it('a delivery that was given up remembers that a provider may have it', () => {
    expect(again(failedBy('gave-up'))).toMatchObject({ wasGivenUp: true, round: 0 });
  });

  it('a delivery that waits for its next attempt is due at once where it is retried, as the same one', () => {
    const waiting = { ...due, dueAt: '2026-11-22T22:00:00.000Z' };
    expect(again(waiting)).toEqual({ ...due, dueAt: '2026-11-22T11:00:10.000Z' });
  });

  it('a delivery that its provider has refused is another one to it where it is retried; one that was given up is not', () => {
    const keys = (['gave-up', 'no-address', 'rejected', 'bounced'] as const).map((reason) =>
      keyOf(again(failedBy(reason)), 'key'),
    );
    expect(keys.map((key) => key === 'key')).toEqual([true, true, false, false]);
    const twice = keyOf(again(failedBy('rejected', again(failedBy('rejected')))), 'key');
    expect(new Set([...keys, twice]).size).toBe(3);
  });

  it('a delivery that is sent again has nothing to do with what is reported of the message before', () => {
    const told = { reports: new Set(['bounced']), at };
    const sentAs = (messageId: string, delivery: DeliveryState) =>
      EmailDelivery.apply(delivery, sent(delivery, 'email', { provider: 'file', at, messageId }));
    const first = sentAs('key-1', due);
    expect(unreached(first, 'email', { ...told, messageId: 'key-1' })).toHaveLength(1);
    const second = sentAs('key-2', again(failedBy('bounced', first)));
    expect(unreached(second, 'email', { ...told, messageId: 'key-1' })).toEqual([]);
    expect(unreached(second, 'email', { ...told, messageId: 'key-2' })).toHaveLength(1);
  });

  it('a delivery that was sent before its message was known by a key fails by any report of it', () => {
    const { messageId: _, ...stored } = EmailDelivery.apply(due, sent(due, 'email', { provider: 'file', at }));
    expect(unreached(stored, 'email', { reports: new Set(['suppressed']), at, messageId: 'key-1' })).toHaveLength(1);
  });

  it('a delivery that was stored before there were rounds is read, and goes on', () => {
    const { round: _, ...stored } = due;
    const read = EmailDelivery.parse(stored);
    expect(read).toEqual(due);
    expect(keyOf(read, 'key')).toBe('key');
  });

  it('a request is read as it was written before deliveries could be retried', () => {
    const data = { ...notice, deliveryId: 'n1:email' };
    expect(EmailRequested.read(data, 1)).toMatchObject({ success: true, data });
  });
});
