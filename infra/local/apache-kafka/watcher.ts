// Runs a Kafka node and ends it when whoever wanted it is gone, however that came about: Java does not notice by itself.
import { createWriteStream } from 'node:fs';
import { spawnKafka } from './java.ts';
import { type FromWatcher, ToWatcher, WatcherTask } from './watcher-messages.ts';

/** Of a node that fails, the end says why. */
const lastWordsLength = 4_000;

const { jars, propertiesFile, logFile, isForSpeed } = WatcherTask.parse(JSON.parse(process.argv[2] ?? ''));
const node = spawnKafka(jars, propertiesFile, isForSpeed);
const log = createWriteStream(logFile, { flags: 'a' });
let lastWords = '';
let hasStarted = false;

for (const stream of [node.stdout, node.stderr]) {
  stream?.setEncoding('utf8').on('data', (text: string) => {
    log.write(text);
    lastWords = (lastWords + text).slice(-lastWordsLength);
    if (hasStarted || !lastWords.includes('Kafka Server started')) return;
    hasStarted = true;
    tell({ type: 'started' });
  });
}
node.once('close', () => {
  tell({ type: 'ended', lastWords });
  if (process.connected) process.disconnect();
});
process.on('message', (message) => node.kill(ToWatcher.parse(message).signal));
process.once('disconnect', () => node.kill('SIGKILL'));
// A Ctrl-C reaches everything in the terminal: the node ends when it is told to, in the order of the parts.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

function tell(message: FromWatcher): void {
  if (process.connected) process.send?.(message);
}
