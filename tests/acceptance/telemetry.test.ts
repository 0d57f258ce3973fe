import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, bodyOf, type CallOptions } from '../rigs/clients/api-client.ts';
import { type Order, orderOf, Shop } from '../rigs/clients/shop.ts';
import { type CollectedSpan, startTraceCollector, type TraceCollector } from '../rigs/clients/trace-collector.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { insist } from '../rigs/stack/insist.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let collector: TraceCollector;
let stack: TestStack;
let shop: Shop;

beforeAll(async () => {
  collector = await startTraceCollector();
  stack = await startStack({
    busFaults: true,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '50',
      // The partitions of a killed process are free again once its session has ended.
      AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs: '2000',
    },
  });
  shop = new Shop(stack);
});
afterAll(async () => {
  await stack.stop();
  await collector.close();
});

/** A caller's own place in a trace. */
function callersTrace() {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
}

/** What a span is, in a line; `process` alone does not tell who. */
function lineOf({ name, attributes }: CollectedSpan): string {
  const subscriber = attributes['messaging.destination.subscription.name'];
  return subscriber === undefined ? name : `${name} ${subscriber}`;
}

const linesOf = (traceId: string) => collector.trace(traceId).map(lineOf);

/** The spans that tell of an order's events, whoever sends them. */
const reactions = [
  'process order-events reserve-stock',
  'execute_batch inventory',
  'send inventory-events',
  'process inventory-events confirm-order',
  'execute_batch notifications',
];

describe('the trace of an order', () => {
  it('an order is one unbroken trace, from the request through outbox and bus to the last consumer', async () => {
    const { sku } = await shop.sell();
    const { traceId, spanId, headers } = callersTrace();
    const { id } = await shop.order({ [sku]: 1 }, {}, { headers });
    expect((await shop.decided(id)).status).toBe('confirmed');

    const whole = ['POST /api/v1/orders', 'execute_batch orders', 'send order-events', ...reactions];
    await eventually(() => expect(linesOf(traceId)).toEqual(expect.arrayContaining(whole)));
    await eventually(() => {
      const spans = collector.trace(traceId);
      const known = new Set([spanId, ...spans.map((span) => span.spanId)]);
      expect(spans.filter(({ parentSpanId = '' }) => !known.has(parentSpanId))).toEqual([]);
    });
  });

  it('an order is one trace even if the process dies before publishing and a sweep publishes instead', async () => {
    const { sku } = await shop.sell();
    const { traceId, headers } = callersTrace();
    await stack.settled();
    const kill = await stack.faults.fault({
      server: 'kafka',
      operation: 'Produce',
      target: 'order-events',
      applied: false,
      times: 1,
      action: 'kill-functions',
    });
    const sales = await shop.as('sales');
    // The process may die before the client has its answer.
    const place = (options: CallOptions) =>
      sales.post<Order>('/api/v1/orders', orderOf({ [sku]: 1 }), { ...options, headers });
    const { id } = bodyOf(await insist(place), 201);
    await kill.happened();

    const decided = await shop.decided(id, 30_000);
    expect(decided.status).toBe('confirmed');
    const rest = ['sweep orders', 'send order-events', ...reactions];
    await eventually(() => expect(linesOf(traceId)).toEqual(expect.arrayContaining(rest)));
  }, 60_000);

  it('a malformed traceparent starts a new trace and is not passed on', async () => {
    const { sku } = await shop.sell();
    const bus = await stack.observe('order-events');
    const malformed = '00-0123-4567-zz';
    const { id } = await shop.order({ [sku]: 1 }, {}, { headers: { traceparent: malformed } });
    await shop.decided(id);
    await bus.caughtUp();
    const [created] = bus.events('order.created').filter(({ envelope }) => envelope.subject === `order/${id}`);
    await bus.close();
    expect(created?.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(created?.envelope.traceparent).toBe(created?.headers.traceparent);
    const traceId = created?.headers.traceparent?.slice(3, 35) ?? '';
    await eventually(() => expect(linesOf(traceId)).toContain('POST /api/v1/orders'));
  });
});

/** The metrics as Prometheus reads them: from a series, as it stands on its line, to its value. */
async function scrape(): Promise<ReadonlyMap<string, number>> {
  const { status, body } = await new ApiClient(stack.url).get<string>('/metrics');
  expect(status).toBe(200);
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('the metrics', () => {
  it('the metrics count the requests, events and request units of an order', async () => {
    const { sku } = await shop.sell();
    const growing = [
      'lagerhaus_http_requests_total{endpoint="place-order",status="201"}',
      'lagerhaus_handler_duration_seconds_count{handler="place-order"}',
      'lagerhaus_handler_duration_seconds_count{handler="inventory-on-order-events"}',
      'lagerhaus_events_published_total{topic="order-events"}',
      'lagerhaus_events_consumed_total{subscriber="reserve-stock"}',
      'lagerhaus_request_units_total{container="orders",operation="batch"}',
      'lagerhaus_request_units_total{container="inventory",operation="delete"}',
    ];
    const before = await scrape();
    await shop.decided((await shop.order({ [sku]: 1 })).id);
    await eventually(async () => {
      const after = await scrape();
      const still = growing.filter((series) => (after.get(series) ?? 0) <= (before.get(series) ?? 0));
      expect(still).toEqual([]);
    });
  });

  it('the metrics show the depth and age of the outbox while the bus is down', async () => {
    const { sku } = await shop.sell();
    await stack.settled();
    await eventually(async () => {
      const metrics = await scrape();
      expect(metrics.get('lagerhaus_bus_breaker_state{topic="order-events",state="closed"}')).toBe(1);
      expect(metrics.get('lagerhaus_outbox_depth{container="orders"}')).toBe(0);
    });
    await stack.faults.kafka.stop();
    try {
      await shop.order({ [sku]: 1 });
      await eventually(async () => {
        const metrics = await scrape();
        expect(metrics.get('lagerhaus_outbox_depth{container="orders"}')).toBe(1);
        expect(metrics.get('lagerhaus_outbox_oldest_age_seconds{container="orders"}')).toBeGreaterThan(0);
        expect(metrics.get('lagerhaus_bus_breaker_state{topic="order-events",state="closed"}')).toBe(0);
      });
    } finally {
      await stack.faults.kafka.start();
    }
    await eventually(async () => {
      const metrics = await scrape();
      expect(metrics.get('lagerhaus_outbox_depth{container="orders"}')).toBe(0);
      expect(metrics.get('lagerhaus_outbox_oldest_age_seconds{container="orders"}')).toBe(0);
    }, 30_000);
  }, 60_000);

  it('the metrics are for operators only, if requested from another machine', async () => {
    const elsewhere = { headers: { 'x-forwarded-for': '203.0.113.7:50512' } };
    const statusFor = async (client: ApiClient, options: CallOptions = elsewhere) =>
      (await client.get('/metrics', options)).status;
    expect(await statusFor(new ApiClient(stack.url))).toBe(401);
    // As proxies say it that know no X-Forwarded-For.
    for (const name of ['forwarded', 'x-real-ip', 'via'])
      expect(await statusFor(new ApiClient(stack.url), { headers: { [name]: 'for=127.0.0.1' } })).toBe(401);
    expect(await statusFor(await shop.as('sales'))).toBe(403);
    expect(await statusFor(await stack.as('operator'))).toBe(200);
  });
});
