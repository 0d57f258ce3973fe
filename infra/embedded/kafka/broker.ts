import { mkdirSync, statSync } from 'node:fs';
import type { FaultGate } from '../faults/gate.ts';
import type { IdentityTokens } from '../identity/identity-tokens.ts';
import { GroupCoordinator } from './groups/group-coordinator.ts';
import { TopicStore } from './log/topic-store.ts';
import { ProducerIds } from './producer-ids.ts';
import type { Profile } from './profiles.ts';

/** There is one broker, and this is its id. */
export const onlyBrokerId = 0;

/** What the requests of all connections work on. */
export interface Broker {
  readonly profile: Profile;
  readonly topics: TopicStore;
  readonly groups: GroupCoordinator;
  readonly producerIds: ProducerIds;
  /** Passwords by user name, or undefined where nobody needs to authenticate. */
  readonly users: ReadonlyMap<string, string> | undefined;
  /** Whose tokens are taken by SASL OAUTHBEARER; undefined where none are. */
  readonly identities: IdentityTokens | undefined;
  readonly faults: FaultGate | undefined;
  /** Aborted when the server stops: nothing waits any longer. */
  readonly stopping: AbortSignal;
  /** Where clients are told to connect. */
  readonly address: { readonly host: string; readonly port: number };
}

/** The part of the broker that lives on disk. */
export type Storage = Pick<Broker, 'topics' | 'groups' | 'producerIds'>;

/**
 * Opens what is stored in `dataDir`, or begins anew in an empty one.
 *
 * @throws DamagedDataError when a file is not what was written.
 */
export function openStorage(dataDir: string, profile: Profile): Storage {
  if (statSync(dataDir, { throwIfNoEntry: false })?.isFile()) {
    throw new Error(`The data folder ${dataDir} is a file. Choose another folder, or remove the file.`);
  }
  mkdirSync(dataDir, { recursive: true });
  const topics = TopicStore.open(dataDir, profile.maxMessageBytes);
  const groups = GroupCoordinator.open(dataDir, (topic) => topics.get(topic) !== undefined);
  return { topics, groups, producerIds: new ProducerIds(dataDir) };
}

export function closeStorage({ topics, groups }: Storage): void {
  groups.close();
  topics.close();
}
