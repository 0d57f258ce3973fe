// The program of docs/kafka-service.md.
import { repeatableIds } from '../../../shared/ids.ts';
import {
  createEvent,
  getConsumerGroup,
  getKafkaService,
  KAFKA_TOPICS,
} from '../../../shared/kafka-service/kafka-service.ts';

const kafka = getKafkaService();
await kafka.initialize();

await kafka.subscribe(KAFKA_TOPICS.ORDER_CREATED, getConsumerGroup('carrier'), async (event, { topic, offset }) => {
  const { orderId, lines } = event.data;
  const booked = createEvent(
    'SHIPMENT_CREATED',
    { shipmentId: orderId, pieces: lines.reduce((pieces, { quantity }) => pieces + quantity, 0) },
    {
      tenantId: event.tenantid,
      source: 'carrier',
      // Delivered twice, an order makes the same event twice, which its readers take for one.
      id: repeatableIds('carrier', event.id)(),
      time: event.time,
      correlationId: event.correlationid,
      causationId: event.id,
    },
  );
  await kafka.publishEvent(KAFKA_TOPICS.SHIPMENT_CREATED, booked, orderId);
  console.log(`${topic} ${offset}: ${booked.subject} is booked for ${event.subject}`);
});
const { connected, brokers } = await kafka.healthCheck();
console.log(connected ? `listening on ${brokers.join(', ')}` : 'the bus has just gone away');

process.once('SIGTERM', () => void kafka.disconnect());
