import { describe, expect, it } from 'vitest';
import { traceContext } from './trace-context.ts';
import { Traceparent } from './traceparent.ts';

const incoming = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

describe('a trace context', () => {
  it('a trace context continues the trace and its sampling decision in a new span', () => {
    const { traceId, traceparent } = traceContext(incoming);
    expect(traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
    expect(traceparent).not.toBe(incoming);
  });

  it.each([
    null,
    undefined,
    '',
    'garbage',
    incoming.toUpperCase(),
    `${incoming}-extra`,
    incoming.replace('00-', '01-'),
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
  ])('a trace context starts a new trace if the caller sent %s', (header) => {
    const { traceId, traceparent } = traceContext(header);
    expect(Traceparent.safeParse(traceparent).success).toBe(true);
    expect(traceparent).toContain(traceId);
    expect(traceContext(header).traceId).not.toBe(traceId);
  });
});
