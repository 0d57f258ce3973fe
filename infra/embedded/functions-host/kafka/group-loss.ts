/** What Kafka answers to a member whose partitions are being, or have been, given to others. */
const lossTypes = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'FENCED_INSTANCE_ID',
  'NOT_COORDINATOR_FOR_GROUP',
]);

/** The group rebalances, or has done so without this member. kafkajs joins anew where a batch ends in it. */
export type GroupLoss = Error & { readonly type: string };

export function isGroupLoss(error: unknown): error is GroupLoss {
  return error instanceof Error && 'type' in error && lossTypes.has(String(error.type));
}
