/** How the server behaves where Kafka services differ. */
export interface Profile {
  /** The highest version offered of an API, where it is lower than what the server has. */
  readonly versionCaps: Readonly<Record<string, number>>;
  /** APIs that are not offered at all. */
  readonly withoutApis: readonly string[];
  /** The default of `max.message.bytes`. */
  readonly maxMessageBytes: number;
  readonly maxTopics: number;
  readonly maxPartitions: number;
  readonly allowsCompression: boolean;
  /** What a consumer group may be called. */
  readonly groupName: RegExp;
}

export type ProfileName = 'kafka' | 'event-hubs';

/**
 * Event Hubs, Standard tier: ten hubs a namespace, 32 partitions a hub, 1 MB a message
 * (learn.microsoft.com/azure/event-hubs/event-hubs-quotas), no compression or transactions, which are Premium features
 * (learn.microsoft.com/azure/event-hubs/apache-kafka-frequently-asked-questions).
 */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  kafka: {
    versionCaps: {},
    withoutApis: [],
    maxMessageBytes: 1_048_588,
    maxTopics: Number.POSITIVE_INFINITY,
    maxPartitions: Number.POSITIVE_INFINITY,
    allowsCompression: true,
    groupName: /./,
  },
  'event-hubs': {
    // Without version 1 of SaslAuthenticate nobody is told how long a token lasts: the connection is cut, that is all.
    versionCaps: { Fetch: 6, Metadata: 5, SaslAuthenticate: 0 },
    withoutApis: ['InitProducerId', 'DeleteRecords'],
    maxMessageBytes: 1_048_576,
    maxTopics: 10,
    maxPartitions: 32,
    allowsCompression: false,
    groupName: /^(\$Default|[A-Za-z0-9][A-Za-z0-9._-]{0,255})$/,
  },
};
