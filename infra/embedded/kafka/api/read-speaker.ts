import type { Speaker } from '../groups/group.ts';
import type { Reader } from '../protocol/reader.ts';

/** Who speaks, and in which group. */
export interface GroupSpeaker extends Speaker {
  readonly groupId: string;
}

/** The beginning that Heartbeat and SyncGroup share; static members (KIP-345) have an instance id since version 3. */
export function readSpeaker(reader: Reader, version: number): GroupSpeaker {
  return {
    groupId: reader.string(),
    generation: reader.int32(),
    memberId: reader.string(),
    instanceId: version >= 3 ? reader.nullableString() : null,
  };
}
