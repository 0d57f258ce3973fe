/**
 * Limits and ways of counting of Azure that sizes and costs follow from.
 * Sources: https://learn.microsoft.com/azure/event-hubs/event-hubs-quotas and event-hubs-scalability,
 * https://learn.microsoft.com/azure/cosmos-db/concepts-limits and serverless-performance,
 * https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan and functions-premium-plan.
 */
export const azure = {
  hoursAMonth: 730,
  throughputUnit: {
    eventsIn: 1_000,
    bytesIn: 1_000_000,
    eventsOut: 4_096,
    bytesOut: 2_000_000,
    storedBytes: 84e9,
    most: 40,
  },
  eventHubs: { partitions: 32, connections: 5_000, retentionDays: 7 },
  logicalPartition: { units: 10_000, bytes: 20e9 },
  database: { units: 1_000_000 },
  serverlessPartition: { units: 5_000 },
  autoscale: { leastShare: 0.1 },
  flex: {
    gigabytes: 2,
    /** The least that an instance is paid for once it is busy. */
    leastBusySeconds: 1,
    freeGigabyteSeconds: 100_000,
    freeExecutions: 250_000,
  },
  premium: { cores: 1, gigabytes: 3.5 },
  logs: { freeGigabytes: 5 },
} as const;
