import { z } from 'zod';
import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../shared/capabilities/list-boundary.ts';
import { ok } from '../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../shared/http/paging.ts';
import { Money } from '../../shared/money.ts';
import { settingsBoundary } from './own-settings.ts';
import { PastChange, type PastChangeState } from './past-change.ts';
import type { SettingChange } from './setting-changes.ts';

const ChangeView = z
  .object({
    version: z.int().describe('Of the settings, from then on'),
    at: z.iso.datetime(),
    by: z.string().describe('Who changed them'),
    changes: z.array(
      z.object({
        key: z.string().describe('Such as `orders.timeout`'),
        from: z.json().describe('What the tenant had set; null is what holds by default'),
        to: z.json(),
      }),
    ),
  })
  .meta({ id: 'SettingsChange', description: 'One change of the settings' });

export const listSettingChanges = endpoint({
  name: 'list-setting-changes',
  summary: 'Lists who changed which settings, and when, the newest change first',
  method: 'GET',
  route: 'settings/history',
  roles: ['auditor'],
  query: PageQuery,
  answers: { 200: pageOf(ChangeView) },
  problems: ['invalid-continuation'],
  async handle({ query, reader }) {
    const { items, ...rest } = await listBoundary(reader, PastChange, settingsBoundary, query, { order: 'descending' });
    return ok({ items: items.map(({ state }) => viewOf(state)), ...rest });
  },
});

function viewOf({ changes, to: version, at, by }: PastChangeState): z.output<typeof ChangeView> {
  const told = changes.map(({ key, from, to }) => ({ key, from: written(key, from), to: written(key, to) }));
  return { version, at, by, changes: told };
}

/** Money is kept in minor units, and written as people write it. */
function written(key: string, value: SettingChange['to']): SettingChange['to'] {
  return key === 'approvals.approvalLimit' && typeof value === 'number' ? z.encode(Money, value) : value;
}
