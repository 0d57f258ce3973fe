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

await kafka.subscribe(KAFKA_TOPICS.ORDER_CREATED, getConsumerGroup('loyalty'), async (event, { topic, offset }) => {
  const { customerId, totalAmount } = event.data;
  const earned = createEvent(
    'CUSTOMER_UPDATED',
    { customerId, points: Math.floor(totalAmount / 100) },
    {
      tenantId: event.tenantid,
      source: 'loyalty',
      // Delivered twice, an order makes the same event twice, which its readers take for one.
      id: repeatableIds('loyalty', event.id)(),
      time: event.time,
      correlationId: event.correlationid,
      causationId: event.id,
    },
  );
  await kafka.publishEvent(KAFKA_TOPICS.CUSTOMER_UPDATED, earned, customerId);
  console.log(`${topic} ${offset}: ${earned.subject} earns for ${event.subject}`);
});
const { connected, brokers } = await kafka.healthCheck();
console.log(connected ? `listening on ${brokers.join(', ')}` : 'the bus has just gone away');

process.once('SIGTERM', () => void kafka.disconnect());
