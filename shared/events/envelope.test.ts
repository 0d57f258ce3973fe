import { describe, expect, it } from 'vitest';
import { createEvent } from '../kafka-service/create-event.ts';
import { Envelope } from './envelope.ts';

const event = createEvent('audit.log', {}, { source: 'pos', tenantId: 'acme' });

describe('an envelope', () => {
  it('is what leaves this process', () => {
    expect(Envelope.parse(event)).toEqual(event);
  });

  it.each(['Acme', 'main/location:main', 'a b', '', 'x'.repeat(41)])('of the tenant %j is none', (tenantid) => {
    expect(Envelope.safeParse({ ...event, tenantid }).success).toBe(false);
  });
});
