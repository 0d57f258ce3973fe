import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCampaign } from '../../functions/notifications/campaigns/run-campaign.ts';
import { startCampaign } from '../../functions/notifications/campaigns/start-campaign.ts';
import { CustomerDeleted, CustomerUpdated } from '../../shared/events/contracts/customers.ts';
import { OrderStatusChanged } from '../../shared/events/contracts/orders.ts';
import type { Envelope } from '../../shared/events/envelope.ts';
import { headersOf } from '../../shared/events/message-headers.ts';
import { sweep } from '../../shared/sweep/sweep.ts';
import { deliveryBench } from '../rigs/effects/delivery-bench.ts';
import { refuse } from '../rigs/kernel/fault-script.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { recordOf, recordWith } from '../rigs/kernel/records.ts';
import { request } from '../rigs/kernel/request.ts';
import { serveEndpoint } from '../rigs/kernel/serve-endpoint.ts';

const minute = 60_000;
const Started = z.object({ id: z.string() });

const Addressed = z.object({ recipientId: z.string() });
const recipientsIn = (envelopes: readonly Envelope[]) => envelopes.map(({ data }) => Addressed.parse(data).recipientId);

/** Customers who have said what they want, and the campaigns that they get. */
async function campaignBench(count: number) {
  const bench = await deliveryBench();
  const names = Array.from({ length: count }, (_, index) => `customer-${String(index).padStart(3, '0')}`);
  for (const name of names) bench.people.set(name, { email: `${name}@example.com` });
  const said = (customerId: string, decision: 'granted' | 'withdrawn', sequence: number) => {
    const consents = { marketing: decision };
    const event = CustomerUpdated({ customerId, changed: ['consents'], status: 'active', tags: [], consents });
    return recordOf(event, { sequence });
  };
  const hearOf = (...records: readonly ReturnType<typeof recordOf>[]) => bench.hearRecords('sales-events', records);
  await hearOf(...names.map((name) => said(name, 'granted', 2)));
  const boundary = (id: string) => `main/campaign:${id}`;
  return {
    ...bench,
    names,
    said,
    hearOf,
    async start(text: string): Promise<string> {
      const body = { template: 'newsletter', text };
      const answer = await serveEndpoint(startCampaign, request({ body }), { service, runtime: bench.runtime });
      expect(answer.status).toBe(202);
      return Started.parse(JSON.parse(answer.body ?? '')).id;
    },
    /** A visit by the sweep, some time later. */
    async visit() {
      bench.clock.pass(minute);
      await sweep([{ name: service, deadlines: [runCampaign] }], bench.runtime);
    },
    async campaign(id: string) {
      return (await bench.documents(boundary(id))).find(({ kind }) => kind === 'campaign');
    },
    async counts(id: string) {
      return (await bench.documents(boundary(id))).find(({ kind }) => kind === 'campaign-counts');
    },
    /** What a campaign has told the bus, each event once. */
    async addressed(id: string): Promise<readonly Envelope[]> {
      const owed = (await bench.owed(boundary(id))).map(({ envelope }) => envelope);
      const all = new Map([...bench.transport.sent, ...owed].map((envelope) => [envelope.id, envelope]));
      return [...all.values()].filter(
        ({ type, subject }) => type === 'campaign.addressed' && subject === `campaign/${id}`,
      );
    },
    async deliver(envelopes: readonly Envelope[]) {
      const records = envelopes.map((envelope) => recordWith(JSON.stringify(envelope), headersOf(envelope)));
      await bench.hearRecords('notification-events', records);
    },
    mailsTo: (name: string) => bench.mails().filter((mail) => mail.includes(`${name}@example.com`)).length,
  };
}

describe('a campaign', () => {
  it('everybody who has consented is told once, page by page, whatever fails on the way and however often it is delivered', async () => {
    const bench = await campaignBench(120);
    const id = await bench.start('The green lamps are here.');
    bench.faults.next('Batch', refuse(503), { kind: 'serve' }, refuse(503));
    for (let visits = 0; visits < 8; visits += 1) await bench.visit();
    expect(await bench.campaign(id)).toMatchObject({ addressed: 120, endedAt: expect.any(String) });
    const addressed = await bench.addressed(id);
    expect(recipientsIn(addressed).toSorted()).toEqual(bench.names);
    for (const some of [addressed.slice(0, 70), addressed, addressed.toReversed()]) await bench.deliver(some);
    await bench.sweep();
    await bench.sweep(minute);
    expect(bench.names.filter((name) => bench.mailsTo(name) !== 1)).toEqual([]);
    expect(bench.mails().every((mail) => mail.includes('The green lamps are here.'))).toBe(true);
    expect(JSON.stringify(bench.transport.sent)).not.toContain('green lamps');
  });

  it('whoever has withdrawn, is blocked or is gone is told nothing by a campaign, and still hears of their order', async () => {
    const bench = await campaignBench(5);
    const [first = '', early = '', meanwhile = '', late = '', gone = ''] = bench.names;
    await bench.hearOf(bench.said(early, 'withdrawn', 4), bench.said(early, 'granted', 3));
    const id = await bench.start('The green lamps are here.');
    await bench.visit();
    const addressed = await bench.addressed(id);
    expect(recipientsIn(addressed)).toEqual([first, meanwhile, late, gone]);

    await bench.hearOf(
      bench.said(meanwhile, 'withdrawn', 4),
      recordOf(CustomerDeleted({ customerId: gone }), { sequence: 4 }),
    );
    for (const _ of ['once', 'and again']) await bench.deliver(addressed);
    bench.unwilling.add(late);
    const order = { orderId: 'o1', location: 'main', from: 'pending', to: 'confirmed' } as const;
    for (const customerId of [meanwhile, late]) await bench.hear(OrderStatusChanged({ ...order, customerId }));
    await bench.sweep(minute);
    const [mail] = await bench.deliveries(late);
    expect(mail).toMatchObject({ template: 'campaign', status: 'suppressed', reason: 'suppressed' });
    expect(bench.names.map(bench.mailsTo)).toEqual([1, 0, 1, 1, 0]);
    expect(bench.mails().filter((text) => text.includes('green lamps'))).toHaveLength(1);
  });
});
