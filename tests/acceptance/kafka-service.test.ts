import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { busSettings } from '../rigs/bus/bus-settings.ts';
import { ChildOutput } from '../rigs/stack/child-output.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

function run(program: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'programs', program)], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, output: new ChildOutput(child) };
}

it('a program beside Lagerhaus consumes an order event, publishes its own, and shuts down cleanly', async () => {
  await using bus = await sharedStack().observe('order-events', 'logistics-events');
  const { child, output } = run('carrier.ts', busSettings(sharedStack().kafka));
  await output.matching(/^listening on /m);
  const shop = openShop();
  const { sku } = await shop.sell({ price: 12.5 });
  const order = await shop.order({ [sku]: 2 });

  const [booked, created] = await eventually(() => {
    const ofShop = bus.events().filter(({ envelope }) => envelope.tenantid === shop.tenant);
    const pair = ['shipment.created', 'order.created'].map((type) => ofShop.find((one) => one.envelope.type === type));
    expect(pair).not.toContain(undefined);
    return pair;
  });
  expect(booked).toMatchObject({ topic: 'logistics-events', key: `${shop.tenant}/${order.id}` });
  expect(booked?.envelope).toMatchObject({
    source: 'carrier',
    subject: `shipment/${order.id}`,
    causationid: created?.envelope.id,
    correlationid: created?.envelope.correlationid,
    data: { shipmentId: order.id, pieces: 2 },
  });
  await output.matching(new RegExp(`^order-events \\d+: shipment/${order.id} is booked for order/${order.id}$`, 'm'));

  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  expect([code, output.text]).toEqual([0, expect.stringContaining('listening')]);
});

it('a program without the address of the bus fails and names the missing setting', async () => {
  const { child, output } = run('carrier.ts', {});
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(output.text).toContain('KAFKA_BROKERS: is missing');
});
