import { describe, expect, it, onTestFinished } from 'vitest';
import { type HubsUnderTestOptions, startHubs } from '../../../../infra/embedded/event-hubs/server-under-test.ts';
import { clientOf, collect } from '../../../../infra/embedded/kafka/testing/server-under-test.ts';
import { connectEventHubs } from '../../../../shared/bus/event-hubs/event-hubs-connection.ts';
import { eventHubsTransport } from '../../../../shared/bus/event-hubs/event-hubs-transport.ts';
import { topics } from '../../../../shared/events/topics.ts';
import type { Credential } from '../../../../shared/security/azure-credential.ts';
import type { EventHubsSettings } from '../../../../shared/settings/bus-settings.ts';
import { FaultScript, refuse } from '../../../rigs/kernel/fault-script.ts';
import { eventually, keepsTheTransportContract, message } from '../../../rigs/kernel/transport-contract.ts';

const nobody: Credential = { getToken: () => Promise.reject(new Error('there is a connection string')) };

function transportTo(settings: Partial<EventHubsSettings>, credential = nobody) {
  const transport = eventHubsTransport(connectEventHubs({ EVENT_TRIGGER: 'eventhubs', ...settings }, credential));
  onTestFinished(() => transport.close());
  return transport;
}

async function busBench(options: HubsUnderTestOptions = {}) {
  const faults = new FaultScript();
  const server = await startHubs({ hubs: topics, faults, ...options });
  return { server, faults, transport: transportTo({ EVENT_HUBS: server.connectionString }) };
}

keepsTheTransportContract({
  open: busBench,
  reopen: ({ dataDir, port }) => startHubs({ dataDir, port, hubs: [] }),
  sending: 'Send',
  passing: [
    ['is busy', refuse(503)],
    ['does not answer in time', refuse(408)],
    ['detaches the link', refuse(410)],
    ['no longer knows the client', refuse(401)],
    ['cuts the connection', { kind: 'drop' }],
  ],
});

describe('batches', () => {
  it('Event Hubs messages of one key are sent in order, in batches below the size limit', async () => {
    const { server, faults, transport } = await busBench();
    const { values } = await collect(clientOf(server), 'order-events');
    const large = Array.from({ length: 5 }, (_, index) => String(index).repeat(400_000));
    await transport.send(large.map((value) => message(value)));
    await eventually(() => expect(values()).toHaveLength(5));
    expect(values().map(([first]) => first)).toEqual(['0', '1', '2', '3', '4']);
    expect(faults.count('Send')).toBe(3);
  });
});

describe('a refused message', () => {
  it('a message that Event Hubs finds too large is reported as MessageRefusedError', async () => {
    const { faults, transport } = await busBench();
    faults.always('Send', refuse(413));
    await expect(transport.send([message('x')])).rejects.toMatchObject({ name: 'MessageRefusedError' });
  });

  it('a message that fits no Event Hubs batch is refused unsent, and the next one is sent', async () => {
    const { faults, transport } = await busBench();
    const sending = transport.send([message('x'.repeat(1_048_576))]);
    await expect(sending).rejects.toMatchObject({
      name: 'MessageRefusedError',
      message: expect.stringMatching(/1048576/),
    });
    expect(faults.count('Send')).toBe(0);
    await expect(transport.send([message('x')])).resolves.toBeUndefined();
  });

  it('an Event Hubs client with a wrong key is refused', async () => {
    const { server } = await busBench();
    const stranger = transportTo({ EVENT_HUBS: server.connectionString.replace('c2VjcmV0', 'b3RoZXI=') });
    await expect(stranger.send([message('x')])).rejects.toThrow(/InvalidSignature|unauthorized/i);
  });
});
