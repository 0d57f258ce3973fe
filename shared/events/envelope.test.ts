import { describe, expect, it } from 'vitest';
import { createEvent } from '../kafka-service/create-event.ts';
import { Envelope } from './envelope.ts';

const event = createEvent('audit.log', {}, { source: 'pos', tenantId: 'acme' });

describe('an event envelope', () => {
  it('an envelope made by createEvent is valid', () => {
    expect(Envelope.parse(event)).toEqual(event);
  });

  it.each([
    'Acme',
    'main/location:main',
    'a b',
    '',
    'x'.repeat(41),
  ])('an envelope with the tenant %j is refused', (tenantid) => {
    expect(Envelope.safeParse({ ...event, tenantid }).success).toBe(false);
  });
});
