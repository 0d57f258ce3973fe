import type { Profile } from '../profiles.ts';
import type { Api } from './api.ts';
import { describeGroups } from './groups/describe-groups.ts';
import { findCoordinator } from './groups/find-coordinator.ts';
import { heartbeat } from './groups/heartbeat.ts';
import { joinGroup } from './groups/join-group.ts';
import { leaveGroup } from './groups/leave-group.ts';
import { listGroups } from './groups/list-groups.ts';
import { offsetCommit } from './groups/offset-commit.ts';
import { offsetFetch } from './groups/offset-fetch.ts';
import { syncGroup } from './groups/sync-group.ts';
import { fetch } from './records/fetch.ts';
import { initProducerId } from './records/init-producer-id.ts';
import { listOffsets } from './records/list-offsets.ts';
import { produce } from './records/produce.ts';
import { apiVersions } from './session/api-versions.ts';
import { metadata } from './session/metadata.ts';
import { saslAuthenticate } from './session/sasl-authenticate.ts';
import { saslHandshake } from './session/sasl-handshake.ts';
import { createTopics } from './topics/create-topics.ts';
import { deleteRecords } from './topics/delete-records.ts';
import { deleteTopics } from './topics/delete-topics.ts';
import { describeConfigs } from './topics/describe-configs.ts';

/**
 * Every API of the server. None of their versions is "flexible" (KIP-482), so one header and one set of types serves
 * them all. What is not here (transactions, ACLs, quotas, delegation tokens, more partitions for a topic, other configurations
 * for it, the deletion of groups) is not offered to clients.
 */
const all: readonly Api[] = [
  produce,
  fetch,
  listOffsets,
  metadata,
  offsetCommit,
  offsetFetch,
  findCoordinator,
  joinGroup,
  heartbeat,
  leaveGroup,
  syncGroup,
  describeGroups,
  listGroups,
  saslHandshake,
  createTopics,
  deleteTopics,
  deleteRecords,
  initProducerId,
  describeConfigs,
  saslAuthenticate,
];

export type ApiTable = ReadonlyMap<number, Api>;

/** The APIs that `profile` offers, by key. */
export function apiTable(profile: Profile): ApiTable {
  const table = new Map<number, Api>();
  const offered = [...all, apiVersions(() => [...table.values()])].filter(
    ({ name }) => !profile.withoutApis.includes(name),
  );
  for (const api of offered) {
    table.set(api.key, {
      ...api,
      maxVersion: Math.min(api.maxVersion, profile.versionCaps[api.name] ?? api.maxVersion),
    });
  }
  return table;
}
