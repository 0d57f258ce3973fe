import { z } from 'zod';

const traceparent = z.string().regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/);

/**
 * An event as anybody may rely on it, written down a second time, from the specification and not from the product:
 * CloudEvents 1.0 (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md) with our extensions, nothing else.
 */
export const EnvelopeOnTheBus = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.uuidv7(),
  type: z.string(),
  source: z.string().regex(/^\/services\/[a-z]+$/),
  subject: z.string().regex(/^[a-z]+\/.+$/),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string().regex(/^urn:lagerhaus:[a-z.]+:[1-9]\d*$/),
  data: z.record(z.string(), z.unknown()),
  tenantid: z.string(),
  correlationid: z.string().min(1),
  causationid: z.uuidv7().optional(),
  partitionkey: z.string().min(1),
  sequence: z.int().positive(),
  traceparent,
});
