import type { EventExample } from '../events/event-example.ts';
import { problems as commonProblems } from '../http/problems/catalogue.ts';
import type { ProblemTable } from '../http/problems/problem-table.ts';
import { allIndexes, type ListIndexes } from '../persistence/cosmos/indexing-policy.ts';
import type { ServiceSettings } from '../settings/service-settings.ts';
import type { Answers } from './answers.ts';
import type { Deadline } from './deadline.ts';
import type { Directory } from './directory.ts';
import type { Effect } from './effect.ts';
import type { Endpoint } from './endpoint.ts';
import { type Erasure, erasedOnceMore } from './erasure.ts';
import { type Redaction, redactedPageByPage } from './redaction.ts';
import type { RefusalNotice } from './refusal-notice.ts';
import { type Schedule, scheduledRuns } from './schedule.ts';
import type { Subscriber } from './subscriber.ts';
import type { TenantSettingsFollower } from './tenant-settings.ts';
import type { Timeline } from './timeline.ts';
import type { TokenCheck } from './token-check.ts';

/** One thing that a service can do. */
export type Capability =
  | Endpoint
  | Subscriber
  | Erasure
  | Redaction
  | Deadline
  | Effect
  | Schedule
  | TokenCheck
  | RefusalNotice
  | Answers
  | TenantSettingsFollower
  | Pick<Timeline<unknown>, 'word' | 'subscribers'>
  | Pick<Directory<unknown, never, unknown>, 'word' | 'name' | 'kind' | 'subscribers' | 'indexes'>;

/** A service: a folder of capabilities with a container of its own. */
export interface Service {
  readonly name: string;
  /** What it is for, in a sentence, for whoever opens the API's description. */
  readonly summary: string;
  /** Its container's name: its own, where nothing else is said. */
  readonly container: string;
  /** What it refuses, besides what any service may. */
  readonly problems: ProblemTable;
  /** What can be set of it. */
  readonly settings: ServiceSettings | undefined;
  /** One event of each contract that it tells: for the documents, and for the tests of what contracts promise. */
  readonly examples: readonly EventExample[];
  /** What its container indexes for lists that are filtered or sorted, those of its directories among them; provision sees to it. */
  readonly indexes: ListIndexes | undefined;
  readonly endpoints: readonly Endpoint[];
  readonly subscribers: readonly (Subscriber | Erasure)[];
  readonly deadlines: readonly Deadline[];
  readonly effects: readonly Effect[];
  readonly schedules: readonly Schedule[];
  readonly tokenChecks: readonly TokenCheck[];
  readonly refusalNotices: readonly RefusalNotice[];
  readonly answers: readonly Answers[];
  /** Which settings of its tenants it goes by. */
  readonly tenantSettings: readonly TenantSettingsFollower[];
}

/**
 * Makes a service of its capabilities.
 *
 * @example
 * export const orders = defineService({
 *   name: 'orders',
 *   summary: 'Takes orders and follows them until they are delivered.',
 *   capabilities: [placeOrder, expireOrder],
 * });
 *
 * @throws Error when two capabilities share a name, or what is due of a kind, when one declares a problem that nobody describes, or when the service
 *   describes one that is described for all.
 */
export function defineService({
  name,
  summary,
  container = name,
  problems = {},
  settings,
  examples = [],
  indexes: ownIndexes,
  capabilities,
}: {
  readonly name: string;
  readonly summary: string;
  readonly container?: string;
  readonly problems?: ProblemTable;
  readonly settings?: ServiceSettings;
  readonly examples?: readonly EventExample[];
  readonly indexes?: ListIndexes;
  readonly capabilities: readonly Capability[];
}): Service {
  const subscribers = capabilities.flatMap((one): readonly (Subscriber | Erasure)[] => {
    if ('subscribers' in one) return one.subscribers;
    return one.word === 'subscriber' || one.word === 'erasure' ? [one] : [];
  });
  const endpoints = capabilities.filter((one) => one.word === 'endpoint');
  const deadlines = deadlinesOf(capabilities);
  const effects = capabilities.filter((one) => one.word === 'effect');
  const schedules = capabilities.filter((one) => one.word === 'schedule');
  const tokenChecks = capabilities.filter((one) => one.word === 'token-check');
  const refusalNotices = capabilities.filter((one) => one.word === 'refusal-notice');
  const answers = capabilities.filter((one) => one.word === 'answers');
  const tenantSettings = capabilities.filter((one) => one.word === 'tenant-settings');
  refuseTwins(name, [
    ...subscribers,
    ...endpoints,
    ...deadlines,
    ...effects,
    ...schedules,
    ...tokenChecks,
    ...refusalNotices,
    ...answers,
  ]);
  refuseSharedKinds(name, [...deadlines, ...effects]);
  refuseUnknownProblems(name, problems, endpoints);
  refuseDeletion(name, capabilities);
  const indexes = indexesOf(ownIndexes, capabilities);
  const capable = { endpoints, subscribers, deadlines, effects, schedules, tokenChecks, refusalNotices, answers };
  return { name, summary, container, problems, settings, examples, indexes, tenantSettings, ...capable };
}

function indexesOf(own: ListIndexes | undefined, capabilities: readonly Capability[]): ListIndexes | undefined {
  const directories = capabilities.filter((one) => one.word === 'directory');
  return allIndexes([...(own === undefined ? [] : [own]), ...directories.map(({ indexes }) => indexes)]);
}

/** Those of the service, and those that go on with what its other capabilities have begun. */
function deadlinesOf(capabilities: readonly Capability[]): readonly Deadline[] {
  const erasures = capabilities.filter((one) => one.word === 'erasure');
  const schedules = capabilities.filter((one) => one.word === 'schedule');
  const redactions = capabilities.filter((one) => one.word === 'redaction');
  return [
    ...capabilities.filter((one) => one.word === 'deadline'),
    ...(schedules.length === 0 ? [] : [scheduledRuns(schedules)]),
    ...(erasures.length === 0 ? [] : [erasedOnceMore(erasures)]),
    ...(redactions.length === 0 ? [] : [redactedPageByPage(redactions)]),
  ];
}

function refuseTwins(service: string, capabilities: readonly { readonly name: string }[]): void {
  const names = capabilities.map(({ name }) => name);
  const twins = names.filter((name, index) => names.indexOf(name) !== index);
  if (twins.length > 0) throw new Error(`${service} has several capabilities named ${twins.join(', ')}`);
}

/** An entry ends by an event after which the thing is read: so the thing has to be there. */
function refuseDeletion(service: string, capabilities: readonly Capability[]): void {
  const erasures = capabilities.filter((one) => one.word === 'erasure');
  for (const { name, kind } of capabilities.filter((one) => one.word === 'directory')) {
    const erasure = erasures.find(({ except }) => !except.some((kept) => kept.kind === kind));
    if (erasure !== undefined)
      throw new Error(
        `${erasure.name} of ${service} deletes ${kind}, which ${name} lists: have it except the kind, and empty it by an event`,
      );
  }
}

/** A document is due for one thing. */
function refuseSharedKinds(service: string, owners: readonly { readonly name: string; readonly kind: string }[]): void {
  for (const [kind, all] of Map.groupBy(owners, (owner) => owner.kind)) {
    const names = all.map(({ name }) => name);
    if (names.length > 1)
      throw new Error(
        `${service} has several capabilities for what is due of kind ${kind}: ${names.join(', ')}; let one have it`,
      );
  }
}

function refuseUnknownProblems(service: string, own: ProblemTable, endpoints: readonly Endpoint[]): void {
  const again = Object.keys(own).filter((code) => code in commonProblems);
  if (again.length > 0)
    throw new Error(`${service} describes ${again.join(', ')}, which shared/http/problems describes for all`);
  for (const { name, problems } of endpoints) {
    const unknown = problems.filter((code) => !(code in own) && !(code in commonProblems));
    if (unknown.length > 0)
      throw new Error(
        `${name} refuses ${unknown.join(', ')}, which nobody describes: add it to the problems of ${service}`,
      );
  }
}
