import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOfDeadLetter, deadLetterId, deadLettersBoundary } from '../../dead-letters/dead-letter.ts';
import { Tenant } from '../../security/principal.ts';
import { documentId, idWithin, parseBoundary, storedBoundary } from './stored-document.ts';

const tenant = fc.stringMatching(/^[a-z0-9-]{1,40}$/);

describe('a stored boundary', () => {
  it('a stored boundary can be split into its tenant and boundary again, whatever characters it has', () => {
    fc.assert(
      fc.property(tenant, fc.string(), (name, boundary) => {
        expect(parseBoundary(storedBoundary(name, boundary))).toEqual({ tenant: name, boundary });
      }),
    );
  });

  it('stored boundaries of different tenants never collide, because a tenant has no slash', () => {
    expect(Tenant.safeParse('main/order').success).toBe(false);
    expect(storedBoundary('main', 'a/b')).not.toBe(storedBoundary('main-a', 'b'));
  });
});

describe('a document id', () => {
  it('a document id contains the kind, so that kinds never collide, and gives the id back', () => {
    fc.assert(fc.property(fc.string(), (id) => idWithin(documentId('dead-letter', id)) === id));
    expect(documentId('stock', '1')).not.toBe(documentId('reservation', '1'));
  });
});

describe('a dead letter id', () => {
  it('a dead letter id contains the day, and so leads to the boundary', () => {
    const id = deadLetterId({ day: '2026-11-22', subscriber: 'reserve-stock', subject: 'event-1' });
    expect(id).toBe('2026-11-22~event-1~reserve-stock');
    expect(deadLettersBoundary(bucketOfDeadLetter(id))).toBe('dead-letters:2026-11-22');
  });

  it('a dead letter id has only characters that a document id allows', () => {
    expect(
      documentId('dead-letter', deadLetterId({ day: '2026-11-22', subscriber: 'a-on-b', subject: 'order-events-0-7' })),
    ).not.toMatch(/[/\\?#]/);
  });
});
