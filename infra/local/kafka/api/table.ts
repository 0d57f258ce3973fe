import type { Profile } from '../profiles.ts';
import { alterConfigs } from './alter-configs.ts';
import type { Api } from './api.ts';
import { apiVersions } from './api-versions.ts';
import { createPartitions } from './create-partitions.ts';
import { createTopics } from './create-topics.ts';
import { deleteGroups } from './delete-groups.ts';
import { deleteRecords } from './delete-records.ts';
import { deleteTopics } from './delete-topics.ts';
import { describeConfigs } from './describe-configs.ts';
import { describeGroups } from './describe-groups.ts';
import { fetch } from './fetch.ts';
import { findCoordinator } from './find-coordinator.ts';
import { heartbeat } from './heartbeat.ts';
import { initProducerId } from './init-producer-id.ts';
import { joinGroup } from './join-group.ts';
import { leaveGroup } from './leave-group.ts';
import { listGroups } from './list-groups.ts';
import { listOffsets } from './list-offsets.ts';
import { metadata } from './metadata.ts';
import { offsetCommit } from './offset-commit.ts';
import { offsetFetch } from './offset-fetch.ts';
import { produce } from './produce.ts';
import { saslAuthenticate } from './sasl-authenticate.ts';
import { saslHandshake } from './sasl-handshake.ts';
import { syncGroup } from './sync-group.ts';

/**
 * Every API of the server. None of their versions is "flexible" (KIP-482), so one header and one set of types serves
 * them all. What is not here (transactions, ACLs, quotas, delegation tokens) is not offered to clients.
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
  alterConfigs,
  saslAuthenticate,
  createPartitions,
  deleteGroups,
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
