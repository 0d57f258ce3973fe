// `npm run kafka`: Apache Kafka on this machine until Ctrl-C; it prints the settings by which `npm start` uses it.
import path from 'node:path';
import { described } from '../cannot-start-error.ts';
import { storedCredentials } from '../credentials.ts';
import { openDataDir } from '../data-dir/open.ts';
import { refuseArguments } from '../refuse-arguments.ts';
import { stopRequests } from '../stop-requests.ts';
import { startApacheKafka } from './apache-kafka.ts';

/** Not the stack's own folder: each has a lock of its own, and either may be reset alone. */
const folder = path.resolve(process.env.DATA_DIR || '.local-kafka');

const { stop } = stopRequests();
const stopWished = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));

try {
  refuseArguments('npm run kafka');
  const lock = openDataDir(folder);
  try {
    const { kafkaUser, kafkaPassword } = storedCredentials(folder);
    const users = { [kafkaUser]: { password: kafkaPassword } };
    const kafka = await startApacheKafka({ folder: path.join(folder, 'apache-kafka'), users });
    console.log(
      [
        'Apache Kafka runs until Ctrl-C. In another terminal:',
        '',
        `export KAFKA_BROKERS=${kafka.brokers}`,
        `export KAFKA_SASL_USERNAME=${kafkaUser}`,
        `export KAFKA_SASL_PASSWORD=${kafkaPassword}`,
        `export KAFKA_CA_FILE=${kafka.certFile}`,
        'npm start',
      ].join('\n'),
    );
    await stopWished;
    await kafka.stop();
  } finally {
    lock.release();
  }
} catch (error) {
  console.error(described(error));
  process.exitCode = 1;
}
process.exit();
