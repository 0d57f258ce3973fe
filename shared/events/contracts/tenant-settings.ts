import { z } from 'zod';
import { TimeZone } from '../../local-date.ts';
import { MinorUnits } from '../../money.ts';
import { durationWithin } from '../../settings/duration.ts';
import { line } from '../../text.ts';
import { defineEvent } from '../define-event.ts';
import { ConsentPurpose } from './customers.ts';

const currencies = new Set(Intl.supportedValuesOf('currency'));

const Currency = z
  .string()
  .refine((code) => currencies.has(code), { error: 'is no currency of ISO 4217: write it as EUR' })
  .meta({ examples: ['EUR'] });

const Language = z
  .string()
  .regex(/^[a-z]{2}(-[A-Z]{2})?$/, { error: 'is no language: write it as en, or de-AT' })
  .meta({ examples: ['en'] });

const Channel = z.enum(['email', 'sms']);

const DocumentType = z.enum(['pdf', 'png', 'jpeg', 'webp', 'csv', 'docx', 'xlsx']);

function listOf<Item extends z.ZodType<string>>(item: Item, longest: number) {
  return z
    .array(item)
    .max(longest)
    .refine((items) => new Set(items).size === items.length, { error: 'names one twice' });
}

/** All that a tenant can set, part by part. A value may be allowed more than it was, never less: it may be stored. */
export const settingParts = {
  company: z.object({
    name: line(200).describe('What the company is called; mails are from it, where notifications.senderName is none'),
    currency: Currency.describe('The currency of its prices and sums'),
    timeZone: TimeZone.describe('The clocks that it lives by, where a place has none of its own'),
    language: Language.describe(
      'The language of what it writes to people who have chosen none: English, where nothing is written in it',
    ),
  }),
  approvals: z.object({
    fourEyes: z.boolean().describe('Whether who made something may not be the one to approve it'),
    approvalLimit: MinorUnits.describe('Up to which total purchasing approves without a manager'),
  }),
  customers: z.object({
    purposes: listOf(ConsentPurpose, 20).describe(
      'What customers are asked for their consent to: by default CUSTOMER_PURPOSES; campaigns go by marketing',
    ),
  }),
  procurement: z.object({
    overReceiptPercent: z.int().min(0).max(100).describe('How much more than was ordered may be received'),
  }),
  attendance: z.object({
    longestShift: durationWithin({ least: 'PT1H', most: 'PT24H' }).describe(
      'After how long a shift counts as unfinished',
    ),
  }),
  sales: z.object({
    offlineDays: z
      .int()
      .min(0)
      .max(31)
      .describe('How many days ago what a till sends may have happened: by default SALES_OFFLINE_DAYS'),
  }),
  notifications: z.object({
    channels: listOf(Channel, 2).describe(
      'By what people are told things, besides their inbox; what is for the security of an account comes by e-mail in any case',
    ),
    senderName: line(70).describe('Who mails say that they are from'),
  }),
  documents: z.object({
    maxMiB: z.int().min(1).max(10).describe('How large a document may be'),
    types: listOf(DocumentType, 7).min(1).describe('What documents may be'),
  }),
  orders: z.object({
    timeout: durationWithin({ least: 'PT1S' }).describe(
      'How long an order may stay pending before it is cancelled: by default ORDER_TIMEOUT, at most EVENT_RETENTION',
    ),
  }),
};

const { company, approvals, customers, procurement, attendance, sales, notifications, documents, orders } =
  settingParts;

/** What a tenant has set; what is not in it is by default. */
export const TenantSettings = z
  .object({
    company: company.partial(),
    approvals: approvals.partial(),
    customers: customers.partial(),
    procurement: procurement.partial(),
    attendance: attendance.partial(),
    sales: sales.partial(),
    notifications: notifications.partial(),
    documents: documents.partial(),
    orders: orders.partial(),
  })
  .partial();
export type TenantSettings = z.infer<typeof TenantSettings>;

/** What is in force, set or by default; `null` is none. What the environment says is bound by its own rules. */
export const SettingsInForce = z.object({
  ...settingParts,
  company: company.extend({ name: company.shape.name.nullable() }),
  approvals: approvals.extend({ approvalLimit: approvals.shape.approvalLimit.nullable() }),
  notifications: notifications.extend({ senderName: notifications.shape.senderName.nullable() }),
  customers: z.object({ purposes: z.array(ConsentPurpose) }),
  orders: orders.extend({ timeout: durationWithin({ least: 'PT0S' }) }),
});
export type SettingsInForce = z.infer<typeof SettingsInForce>;

/** What is in force where neither the tenant nor the environment says otherwise. */
export const usualSettings: SettingsInForce = {
  company: { name: null, currency: 'EUR', timeZone: 'UTC', language: 'en' },
  approvals: { fourEyes: true, approvalLimit: null },
  customers: { purposes: ['marketing'] },
  procurement: { overReceiptPercent: 0 },
  attendance: { longestShift: 'PT16H' },
  sales: { offlineDays: 7 },
  notifications: { channels: ['email', 'sms'], senderName: null },
  documents: { maxMiB: 10, types: DocumentType.options },
  orders: { timeout: 'PT15M' },
};

export const SettingsUpdated = defineEvent({
  type: 'settings.updated',
  version: 1,
  topic: 'platform-events',
  description:
    'A tenant’s settings, as a whole: all that it has set itself, so what is missing is by default. Told when they change, and again once a day for whoever begins to listen later.',
  data: z.object({
    /** Counts the changes: of two, the higher holds, whichever comes last. */
    version: z.int().positive(),
    /** What has changed: `orders.timeout`. Nothing, where it is told again. */
    changed: z.array(z.string()),
    settings: TenantSettings,
    /** Who changed it. */
    by: z.string().min(1).optional(),
    at: z.iso.datetime(),
  }),
  // What is told again is about what was set by then: the first event of that, and the only one.
  subject: ({ changed, at }) => (changed.length > 0 ? 'settings' : `settings/${at}`),
  partitionKey: () => 'settings',
});
