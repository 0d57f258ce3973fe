import { describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../infra/embedded/faults/gate.ts';
import { clientOf, collect, temporaryFolder } from '../../../infra/embedded/kafka/testing/server-under-test.ts';
import type { BusMessage } from '../../../shared/bus/bus-message.ts';
import type { Transport } from '../../../shared/bus/transport.ts';
import type { FaultScript } from './fault-script.ts';

export const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

export const message = (value: string, change: Partial<BusMessage> = {}): BusMessage => ({
  topic: 'order-events',
  key: 'main',
  value,
  headers: { type: 'order.created' },
  ...change,
});

export interface BusServer {
  /** Where the Kafka protocol is spoken, whatever the transport speaks. */
  readonly brokers: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A transport, the bus that it sends to, and what goes wrong there. */
export interface TransportBench {
  readonly server: BusServer;
  readonly faults: FaultScript;
  readonly transport: Transport;
}

export interface TransportUnderTest {
  readonly open: (options?: { readonly dataDir: string }) => Promise<TransportBench>;
  /** Starts a bus that was closed, on its folder and port. */
  readonly reopen: (options: { readonly dataDir: string; readonly port: number }) => Promise<unknown>;
  /** What the bus calls the request that sends. */
  readonly sending: string;
  /** What may befall a message and says nothing of the message. */
  readonly passing: readonly (readonly [what: string, verdict: Verdict])[];
}

/** What every transport keeps to, whatever the bus. */
export function keepsTheTransportContract({ open, reopen, sending, passing }: TransportUnderTest): void {
  describe('sent messages', () => {
    it('messages arrive in their topic with key and headers, and those of one key in order', async () => {
      const { server, transport } = await open();
      const orders = await collect(clientOf(server), 'order-events');
      const stock = await collect(clientOf(server), 'inventory-events');
      for (let batch = 0; batch < 5; batch += 1) {
        await transport.send([
          message(`${batch}a`),
          message(`stock ${batch}`, { topic: 'inventory-events' }),
          message(`${batch}b`),
        ]);
      }
      await eventually(() => expect(orders.seen).toHaveLength(10));
      await eventually(() => expect(stock.seen).toHaveLength(5));
      expect(orders.values()).toEqual(['0a', '0b', '1a', '1b', '2a', '2b', '3a', '3b', '4a', '4b']);
      expect(new Set(orders.seen.map(({ partition }) => partition)).size).toBe(1);
      const [first] = orders.seen;
      expect([String(first?.message.key), String(first?.message.headers?.type)]).toEqual(['main', 'order.created']);
    });
  });

  describe('an unavailable bus', () => {
    it.each(passing)('a message that fails to be sent because the bus %s can be sent again', async (_, verdict) => {
      const { server, faults, transport } = await open();
      const { values } = await collect(clientOf(server), 'order-events');
      const back = faults.always(sending, verdict);
      await expect(transport.send([message('x')])).rejects.not.toMatchObject({ name: 'MessageRefusedError' });
      back();
      await eventually(() => transport.send([message('x')]));
      await eventually(() => expect(values()).toContain('x'));
    });

    it('a bus that is unavailable when the process starts is used once it is available', async () => {
      const dataDir = temporaryFolder();
      const { server, transport } = await open({ dataDir });
      await server.close();
      await expect(transport.send([message('x')])).rejects.not.toMatchObject({ name: 'MessageRefusedError' });
      await expect(transport.ping()).rejects.toThrow();
      await reopen({ dataDir, port: server.port });
      await eventually(() => transport.send([message('x')]));
      await expect(transport.ping()).resolves.toBeUndefined();
    });
  });
}
