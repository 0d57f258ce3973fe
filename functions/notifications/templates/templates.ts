import { z } from 'zod';
import type { Template } from './template.ts';

/** What may concern a person: they choose by which channels they hear of it. */
const topics = {
  welcome: { byDefault: ['email'] },
  'new-device': { byDefault: ['email'], isForSecurity: true },
  'order-confirmed': { byDefault: ['email'] },
  'order-rejected': { byDefault: ['email'] },
  'order-cancelled': { byDefault: [] },
  'order-shipped': { byDefault: ['email'] },
  'out-for-delivery': { byDefault: ['sms'] },
  campaign: { byDefault: ['email'] },
} as const satisfies Readonly<Record<string, Template>>;

/** What is of the account itself: it goes to its address, and nobody chooses another way for it, which a thief would do. */
const ofAccount = {
  'password-reset': { byDefault: ['email'], isForSecurity: true },
  'password-was-reset': { byDefault: ['email'], isForSecurity: true },
  'email-verification': { byDefault: ['email'], isForSecurity: true },
} as const satisfies Readonly<Record<string, Template>>;

/** What concerns those who have a role is in its inbox, and goes to nobody's address. */
const ofRoles = {
  'service-health': { byDefault: [] },
  'dead-letters': { byDefault: [] },
} as const satisfies Readonly<Record<string, Template>>;

const templates: Readonly<Record<TemplateName, Template>> = { ...topics, ...ofAccount, ...ofRoles };

type TopicName = keyof typeof topics;
export type TemplateName = TopicName | keyof typeof ofAccount | keyof typeof ofRoles;

/** Each template that is about what a person does is a topic, under its own name. */
export const Topic = z.enum(Object.keys(topics) as [TopicName, ...TopicName[]]);
export type Topic = z.infer<typeof Topic>;

/** @throws Error where there is no such template. */
export function templateOf(name: string): Template {
  return templates[knownName(name)];
}

/** The name, where there is such a template: what is stored may be of other code. @throws Error where there is none. */
export function knownName(name: string): TemplateName {
  if (!isKnown(name)) throw new Error(`there is no template ${name}: add it to the templates`);
  return name;
}

function isKnown(name: string): name is TemplateName {
  return Object.hasOwn(templates, name);
}
