import { describe, expect, it } from 'vitest';
import { tenantSettings } from '../../../shared/capabilities/tenant-settings.ts';
import { SettingsUpdated, type TenantSettings } from '../../../shared/events/contracts/tenant-settings.ts';
import { Reader } from '../../../shared/persistence/reading/reader.ts';
import { benchSettings } from '../../rigs/bench-settings.ts';
import { type ConsumerBench, consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { recordOf } from '../../rigs/kernel/records.ts';

const followed = tenantSettings({
  name: 'follow-counters-settings',
  follows: { orders: ['timeout'], approvals: ['fourEyes', 'approvalLimit'] },
  byDefault: () => ({ orders: { timeout: 'PT9M' } }),
});
const byDefault = { orders: { timeout: 'PT9M' }, approvals: { fourEyes: true, approvalLimit: null } };
const settings = benchSettings();

function inForce({ container }: ConsumerBench, tenant = 'main') {
  return followed.of(new Reader(container, tenant), settings);
}

function tell(bench: ConsumerBench, version: number, own: TenantSettings, { tenant = 'main', changed = ['…'] } = {}) {
  const at = '2026-11-22T10:00:00.000Z';
  const event = SettingsUpdated({ version, changed, settings: own, at });
  return bench.consume([recordOf(event, { tenantid: tenant })], ...followed.subscribers);
}

describe('the settings of a tenant that a service follows', () => {
  it('a tenant that has set nothing works by what the environment says, and by what is usual', async () => {
    expect(await inForce(await consumerBench())).toEqual(byDefault);
  });

  it('what a tenant sets is in force for it once it is heard, and for no other tenant', async () => {
    const bench = await consumerBench();
    expect(await inForce(bench)).toEqual(byDefault);
    await tell(bench, 1, { orders: { timeout: 'PT1M' }, approvals: { approvalLimit: 500 } });
    expect(await inForce(bench)).toEqual({
      orders: { timeout: 'PT1M' },
      approvals: { fourEyes: true, approvalLimit: 500 },
    });
    expect(await inForce(bench, 'north')).toEqual(byDefault);
    await tell(bench, 2, { approvals: { fourEyes: false } });
    expect(await inForce(bench)).toEqual({ ...byDefault, approvals: { fourEyes: false, approvalLimit: null } });
  });

  it('older settings that come late, or once more, revert nothing', async () => {
    const bench = await consumerBench();
    await tell(bench, 3, { orders: { timeout: 'PT3M' } });
    for (const version of [1, 2, 3]) await tell(bench, version, { orders: { timeout: 'PT1M' } });
    expect(await inForce(bench)).toMatchObject({ orders: { timeout: 'PT3M' } });
    expect(await bench.parked()).toEqual([]);
  });

  it('a service that begins to listen later has the settings as soon as they are told again', async () => {
    const bench = await consumerBench();
    await tell(bench, 7, { orders: { timeout: 'PT7M' } }, { changed: [] });
    expect(await inForce(bench)).toMatchObject({ orders: { timeout: 'PT7M' } });
  });

  it('a copy with keys that this code does not know, and without some that it does, is read', async () => {
    const bench = await consumerBench();
    await bench.putAsIs({
      id: 'tenant-settings:settings',
      boundary: 'main/settings',
      kind: 'tenant-settings',
      version: 4,
      toldVersion: 9,
      settings: { orders: { timeout: 'PT2M', gifts: true }, weather: { rain: 'never' } },
    });
    expect(await inForce(bench)).toEqual({ ...byDefault, orders: { timeout: 'PT2M' } });
  });

  it('however often they are asked for, a process reads the settings of a tenant once a second, set or not', async () => {
    const bench = await consumerBench();
    const readsOfAThousand = async () => {
      bench.faults.recount();
      for (let order = 0; order < 1_000; order += 1) await inForce(bench);
      return bench.faults.count('Read');
    };
    expect(await readsOfAThousand()).toBe(1);
    await tell(bench, 1, { orders: { timeout: 'PT1M' } });
    expect(await readsOfAThousand()).toBe(0);
    bench.clock.pass(1_001);
    expect(await readsOfAThousand()).toBe(1);
  });

  it('what another process has heard is in force within a second', async () => {
    const bench = await consumerBench();
    expect(await inForce(bench)).toEqual(byDefault);
    await bench.putAsIs({
      id: 'tenant-settings:settings',
      boundary: 'main/settings',
      kind: 'tenant-settings',
      version: 1,
      toldVersion: 1,
      settings: { orders: { timeout: 'PT2M' } },
    });
    bench.clock.pass(1_001);
    expect(await inForce(bench)).toMatchObject({ orders: { timeout: 'PT2M' } });
  });
});
