import { describe, expect, it } from 'vitest';
import { addressIn } from './address.ts';

describe('the address of an AMQP link', () => {
  it.each([
    ['$cbs', { kind: 'cbs' }],
    ['$management', { kind: 'management' }],
    ['orders', { kind: 'sender', hub: 'orders', partition: undefined }],
    ['orders/Partitions/3', { kind: 'sender', hub: 'orders', partition: 3 }],
    [
      'orders/ConsumerGroups/$Default/partitions/0',
      { kind: 'receiver', hub: 'orders', group: '$Default', partition: 0 },
    ],
  ])('the address of an AMQP link tells its purpose: %s', (text, address) => {
    expect(addressIn(text)).toEqual(address);
  });

  it.each([
    '',
    '/',
    'orders/',
    'orders/Partitions',
    'orders/Partitions/x',
    'orders/ConsumerGroups/$Default',
  ])('an address that Event Hubs does not have is refused: "%s"', (text) => {
    expect(addressIn(text)).toBeUndefined();
  });
});
