import { once } from 'node:events';
import rhea, { type Connection, type EventContext, type Receiver, type Sender } from 'rhea';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startHubs } from './server-under-test.ts';

/** A connection of a client that is none of Azure's. */
async function connected(): Promise<Connection> {
  const { port } = await startHubs();
  const connection = rhea.create_container().connect({ port, host: '127.0.0.1', reconnect: false });
  onTestFinished(async () => {
    const closed = once(connection, 'connection_close');
    connection.close();
    await closed;
  });
  await once(connection, 'connection_open');
  return connection;
}

async function opened<L extends Sender | Receiver>(link: L): Promise<L> {
  await once(link, link.is_receiver() ? 'receiver_open' : 'sender_open');
  return link;
}

describe('answers of the Event Hubs endpoint', () => {
  it('begin and attach have all their fields, as from Event Hubs', async () => {
    const connection = await connected();
    const link = await opened(connection.open_sender({ target: { address: '$cbs' }, source: { address: 'here' } }));
    expect(link.session.remote.begin.value).toHaveLength(8);
    expect(link.remote.attach.value).toHaveLength(14);
  });

  it('an attach is answered with both ends and the way of settling that was asked for', async () => {
    const connection = await connected();
    const sending = { target: { address: '$cbs' }, source: { address: 'here' }, snd_settle_mode: 1 } as const;
    const sender = await opened(connection.open_sender(sending));
    expect(sender).toMatchObject({ snd_settle_mode: 1, source: { address: 'here' }, target: { address: '$cbs' } });
    const receiving = { source: { address: '$cbs' }, target: { address: 'there' }, snd_settle_mode: 1 } as const;
    const receiver = await opened(connection.open_receiver(receiving));
    expect(receiver).toMatchObject({ snd_settle_mode: 1, source: { address: '$cbs' }, target: { address: 'there' } });
  });

  it.each([
    ['without a reply_to', {}],
    ['with the name of a link as reply_to', { reply_to: 'answers' }],
  ])('a request %s is answered on the link from its node', async (_, replyTo) => {
    const connection = await connected();
    const answers = await opened(
      connection.open_receiver({ name: 'answers', source: { address: '$management' }, target: { address: 'me' } }),
    );
    const requests = await opened(connection.open_sender({ target: { address: '$management' } }));
    const properties = { operation: 'READ', type: 'com.microsoft:eventhub', name: 'orders' };
    requests.send({ message_id: 'one', ...replyTo, application_properties: properties, body: '' });
    const [{ message }]: [EventContext] = await new Promise((resolve) =>
      answers.once('message', (context: EventContext) => resolve([context])),
    );
    expect(message).toMatchObject({ correlation_id: 'one', application_properties: { 'status-code': 200 } });
  });

  it('a message is settled with its answer, also on a link that asks to be told twice', async () => {
    const connection = await connected();
    const link = connection.open_sender({ target: { address: '$cbs' }, rcv_settle_mode: 1 });
    await opened(link);
    link.send({ body: '' });
    await once(link, 'settled');
  });

  it('the address of a link may be a whole URL', async () => {
    const connection = await connected();
    const link = connection.open_sender({ target: { address: 'amqps://127.0.0.1/orders' } });
    // There is such a hub, but nobody has shown a token for it.
    await once(link, 'sender_error');
    expect(link.error).toMatchObject({ condition: 'amqp:unauthorized-access' });
  });
});
