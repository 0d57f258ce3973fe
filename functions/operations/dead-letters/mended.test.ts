import { describe, expect, it } from 'vitest';
import { anOrderCreated } from '../../../shared/events/contracts/contracts.examples.ts';
import { seal } from '../../../shared/events/seal.ts';
import { changedFields, mended } from './mended.ts';

const event = seal(anOrderCreated, {
  id: '0193a0b0-0000-7000-8000-000000000001',
  service: 'orders',
  sequence: 1,
  time: '2026-11-22T10:00:00.000Z',
  cause: { tenant: 'main', correlationId: 'c' },
});
const data = anOrderCreated.data;

describe('a mended event', () => {
  it('a mended event keeps all but its data, and gets the key that the new data ask for', () => {
    const after = { ...data, location: 'berlin' };
    expect(mended(event, after)).toEqual({ ...event, data: after, partitionkey: 'berlin' });
  });

  it('a mended event contains no field that its contract does not know', () => {
    expect(mended(event, { ...data, locatoin: 'berlin' }).data).toEqual(data);
  });

  it.each([
    ['unknown-event', { ...event, type: 'order.painted' }, data],
    ['newer-version', { ...event, dataschema: 'urn:lagerhaus:order.created:9' }, data],
    ['other-subject', event, { ...data, orderId: 'another' }],
    ['invalid-body', event, { ...data, totalAmount: 'seven' }],
  ])('a mended event is refused as %s', (code, before, after) => {
    expect(() => mended(before, after)).toThrow(expect.objectContaining({ code }));
  });
});

it('the changes of an edit are listed field by field', () => {
  expect(changedFields({ a: 1, b: [1], c: 1 }, { a: 1, b: [2], d: 1 })).toEqual(['b', 'c', 'd']);
  expect(changedFields({ a: { b: [1] } }, { a: { b: [1] } })).toEqual([]);
  expect(changedFields('bytes', { a: 1 })).toEqual(['a']);
});
