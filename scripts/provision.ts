// `npm run provision`: makes the topics and containers that the services of this code need, where they are missing.
import { services } from '../functions/services.ts';
import { provisionBlobs } from '../shared/blobs/provision-blobs.ts';
import { busUnusable } from '../shared/bus/kafka/bus-trouble.ts';
import { connectKafka } from '../shared/bus/kafka/kafka-connection.ts';
import { provisionTopics } from '../shared/bus/provision-topics.ts';
import { consistencyWarning, weakConsistencyOf } from '../shared/persistence/cosmos/consistency.ts';
import { openDatabase } from '../shared/persistence/cosmos/cosmos.ts';
import { provisionContainers } from '../shared/persistence/cosmos/provision-containers.ts';
import { readSettings } from '../shared/settings/settings.ts';

try {
  const settings = readSettings([]);
  const shape = { partitions: settings.TOPIC_PARTITIONS, retentionMs: settings.EVENT_RETENTION };
  const database = openDatabase(settings);
  const containers = services.map(({ container: name, indexes }) => ({ name, indexes }));
  await Promise.all([
    provisionBlobs(settings),
    provisionTopics(connectKafka(settings, 'lagerhaus-provision'), shape).catch((error: unknown) => {
      throw busUnusable(error, settings);
    }),
    provisionContainers(database, containers),
  ]);
  const level = await weakConsistencyOf(database.client);
  if (level !== undefined) console.warn(`Warning: ${consistencyWarning(level)} (docs/decisions/0034).`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
