import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A small machine that starts soon: little memory, one compiler, one thread that collects. */
const small = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
/** Without a second thought for starting soon: what a measurement asks for. */
const fast = ['-Xmx1g', '-XX:+UseSerialGC'];
const logging = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];
/** Says `Kafka Server started`. */
const telling = ['-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info'];

interface ProgramOptions {
  /** What it reads. */
  readonly input?: string | undefined;
  /** By default that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Runs a program of the jars to its end, and gives what it prints. @throws with what it says when it fails. */
export async function runJava(
  jars: string,
  mainClass: string,
  args: readonly string[],
  { input = '', environment = process.env }: ProgramOptions = {},
): Promise<string> {
  const env = { ...environment };
  const running = run('java', [...small, ...logging, '-cp', `${jars}/*`, mainClass, ...args], { env });
  running.child.stdin?.end(input);
  return (await running).stdout;
}

/** Starts a node with its settings; what it logs comes out of stdout and stderr. */
export function spawnKafka(jars: string, propertiesFile: string, isForSpeed: boolean): ChildProcess {
  const options = isForSpeed ? fast : small;
  const args = [...options, ...logging, ...telling, '-cp', `${jars}/*`, 'kafka.Kafka', propertiesFile];
  return spawn('java', args, { stdio: ['ignore', 'pipe', 'pipe'] });
}
