import { z } from 'zod';
import { defineEvent, type EventDefinition } from '../define-event.ts';
import type { Topic } from '../topics.ts';

interface Announcement {
  readonly topic: Topic;
  /** The field of their data that names what they are about, and keys them. */
  readonly key: string;
  readonly types: readonly string[];
}

/**
 * Events that have their place and key but no contract yet, because the service that will own them is still to come;
 * programs beside Lagerhaus may send and hear them already. Whoever writes a contract takes its type off this list.
 */
const announced = [
  {
    topic: 'procurement-events',
    key: 'purchaseOrderId',
    types: ['purchase.order.created', 'purchase.order.approved', 'purchase.order.received', 'purchase.order.cancelled'],
  },
  {
    topic: 'procurement-events',
    key: 'productionOrderId',
    types: ['production.ordered', 'production.completed'],
  },
  {
    topic: 'logistics-events',
    key: 'shipmentId',
    types: [
      'shipment.created',
      'shipment.picked',
      'shipment.dispatched',
      'shipment.tracked',
      'shipment.delivered',
      'shipment.failed',
    ],
  },
  { topic: 'logistics-events', key: 'transferId', types: ['transfer.requested', 'transfer.completed'] },
  {
    topic: 'workforce-events',
    key: 'employeeId',
    types: [
      'employee.created',
      'employee.updated',
      'employee.deleted',
      'employee.transfer',
      'attendance.checkin',
      'attendance.checkout',
      'attendance.approved',
    ],
  },
  {
    topic: 'workforce-events',
    key: 'payrollRunId',
    types: ['salary.calculated', 'payroll.processed', 'payroll.approved'],
  },
  {
    topic: 'platform-events',
    key: 'documentId',
    types: ['document.uploaded', 'document.approved', 'document.rejected'],
  },
  { topic: 'platform-events', key: 'subject', types: ['audit.log'] },
  { topic: 'platform-events', key: 'service', types: ['service.error'] },
] as const satisfies readonly Announcement[];

export type AnnouncedType = (typeof announced)[number]['types'][number];

/** Data that say nothing of what they are about stay in order with all others that do not. */
const unnamed = 'unknown';

/** The announced events as definitions: any data, keyed by the field that they promise, else by their `id`. */
export const announcedEvents: readonly (EventDefinition & { readonly type: AnnouncedType })[] = announced.flatMap(
  ({ topic, key, types }) =>
    types.map((type: AnnouncedType) => {
      const keyOf = (data: Readonly<Record<string, unknown>>) => String(data[key] ?? data.id ?? unnamed);
      return defineEvent({
        type,
        version: 1,
        topic,
        description: `Announced: any data, keyed by ${key}.`,
        data: z.record(z.string(), z.unknown()),
        subject: (data) => `${type.slice(0, type.indexOf('.'))}/${keyOf(data)}`,
        partitionKey: keyOf,
      });
    }),
);
