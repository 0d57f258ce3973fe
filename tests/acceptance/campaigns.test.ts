import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { customersPath, register } from '../rigs/clients/customers.ts';
import type { Page } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

interface Campaign {
  readonly id: string;
  readonly status: string;
  readonly counts: { readonly addressed: number; readonly told: number; readonly suppressed: number };
}

/** The mails to an address, as they left. */
function mailsTo(address: string): readonly string[] {
  const { mailFolder = '' } = sharedStack();
  const files = readdirSync(mailFolder).filter((name) => name.endsWith('.eml'));
  return files
    .map((name) => readFileSync(path.join(mailFolder, name), 'utf8'))
    .filter((mail) => new RegExp(`^To: .*${address}`, 'm').test(mail));
}

describe('campaigns', () => {
  it('who consents has a campaign in their inbox and their mail, who has withdrawn has neither, and orders are told to both', async () => {
    const shop = openShop();
    const [sales, manager, admin] = [await shop.as('sales'), await shop.as('manager'), await shop.as('admin')];
    const { sku } = await shop.sell();
    const consent = { granted: true, source: 'web', textVersion: '1' };
    const [willing, unwilling] = await Promise.all(
      ['ann', 'bob'].map(async (name) => {
        const email = `${name}-${shop.tenant}@example.com`;
        const { id } = bodyOf(await register(sales, { name, email }), 201);
        bodyOf(await sales.put(`${customersPath}/${id}/consents/marketing`, consent), 200);
        return { id, email };
      }),
    );
    if (willing === undefined || unwilling === undefined) throw new Error('nobody is registered');
    bodyOf(await sales.put(`${customersPath}/${unwilling.id}/consents/marketing`, { ...consent, granted: false }), 200);

    await eventually(async () => {
      // Consents are followed within moments: so this is asked again until they were.
      const started = bodyOf(
        await manager.post<Campaign>('/api/v1/campaigns', { template: 'probe', text: 'Probe' }),
        202,
      );
      const ended = await eventually(async () => {
        const campaign = bodyOf(await manager.get<Campaign>(`/api/v1/campaigns/${started.id}`), 200);
        expect(campaign.status).toBe('ended');
        return campaign;
      });
      expect(ended.counts.addressed).toBe(1);
    });
    const text = 'The green lamps are here.';
    const { id } = bodyOf(await manager.post<Campaign>('/api/v1/campaigns', { template: 'newsletter', text }), 202);
    await eventually(async () => {
      const campaign = bodyOf(await manager.get<Campaign>(`/api/v1/campaigns/${id}`), 200);
      expect(campaign).toMatchObject({ status: 'ended', text, counts: { addressed: 1, told: 1, suppressed: 0 } });
      expect(mailsTo(willing.email).filter((mail) => mail.includes(text))).toHaveLength(1);
    });
    const inbox = await admin.get<Page<object>>(`/api/v1/notifications?recipient=${willing.id}`);
    expect(bodyOf(inbox, 200).items).toContainEqual(
      expect.objectContaining({ template: 'campaign', subject: 'Our newsletter', body: text }),
    );

    for (const { id: customerId } of [willing, unwilling]) await shop.order({ [sku]: 1 }, { customerId });
    await eventually(() => {
      for (const { email } of [willing, unwilling])
        expect(mailsTo(email).filter((mail) => mail.includes('was confirmed'))).toHaveLength(1);
    });
    expect(mailsTo(unwilling.email)).toHaveLength(1);
  });
});
