import { describe, expect, it } from 'vitest';
import { anOrderCreated } from '../events/contracts/contracts.examples.ts';
import { Envelope } from '../events/envelope.ts';
import { createEvent } from './create-event.ts';
import { InvalidEventError } from './invalid-event.ts';

const from = { tenantId: 'acme', source: 'pos' };

describe('createEvent', () => {
  it('createEvent makes a CloudEvent with its source, tenant and subject', () => {
    const event = createEvent('employee.created', { employeeId: 'e1', email: 'ann@example.com' }, from);
    expect(Envelope.parse(event)).toMatchObject({
      type: 'employee.created',
      source: 'pos',
      tenantid: 'acme',
      subject: 'employee/e1',
      partitionkey: 'e1',
      sequence: 1,
      dataschema: 'urn:lagerhaus:employee.created:1',
      data: { employeeId: 'e1', email: 'ann@example.com' },
    });
  });

  it('createEvent makes the same event for a type, its constant and its former names', () => {
    const given = { ...from, id: '0193a0b0-0000-7000-8000-000000000001', time: '2026-11-22T10:00:00.000Z' };
    const events = ['order.created', 'ORDER_CREATED', 'order.placed', 'OrderCreatedIntegrationEvent'].map((name) =>
      createEvent(name, anOrderCreated.data, { ...given, correlationId: 'c' }),
    );
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(1);
  });

  it('createEvent generates id and correlation id unless they are given', () => {
    const [one, two] = [createEvent('AUDIT_LOG', {}, from), createEvent('AUDIT_LOG', {}, from)];
    expect(one.id).not.toBe(two.id);
    expect(one.correlationid).not.toBe(two.correlationid);
    const told = createEvent('AUDIT_LOG', {}, { ...from, correlationId: one.correlationid, causationId: one.id });
    expect(told).toMatchObject({ correlationid: one.correlationid, causationid: one.id });
  });

  it('createEvent uses the main tenant if none is given', () => {
    expect(createEvent('AUDIT_LOG', {}, { source: 'pos' }).tenantid).toBe('main');
  });

  it.each(['Acme', 'a/b', '', 'x'.repeat(41)])('createEvent refuses the invalid tenant %j', (tenantId) => {
    expect(() => createEvent('AUDIT_LOG', {}, { ...from, tenantId })).toThrow(/the tenant is/);
  });

  it('createEvent refuses data that break the contract of the type', () => {
    expect(() => createEvent('order.created', { ...anOrderCreated.data, lines: [] }, from)).toThrow(
      /contract of order\.created: lines: /,
    );
    expect(() => createEvent('employee.created', 'ann', from)).toThrow(InvalidEventError);
  });
});
