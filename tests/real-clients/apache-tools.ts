import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fetchedJars } from '../../infra/local/apache-kafka/jars.ts';
import { runJava } from '../../infra/local/apache-kafka/java.ts';
import { CannotStartError } from '../../infra/local/cannot-start-error.ts';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { type Found, prerequisite } from './prerequisite.ts';

/** Apache Kafka's own command line tools, each by its class, where bin/kafka-….sh has it. */
const classOf = {
  topics: 'org.apache.kafka.tools.TopicCommand',
  producer: 'org.apache.kafka.tools.ConsoleProducer',
  consumer: 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  groups: 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  offsets: 'org.apache.kafka.tools.GetOffsetShell',
};
type Tool = keyof typeof classOf;

/** What the tools call the option that names a file with how to connect. */
const settingsOption: Readonly<Record<Tool, string>> = {
  topics: '--command-config',
  producer: '--producer.config',
  consumer: '--consumer.config',
  groups: '--command-config',
  offsets: '--command-config',
};

/** For a `describe` that runs the tools: the folder with their jars. */
export const withTools = prerequisite(await findJars());

/** Runs a tool against the bus of a stack, and gives what it prints. */
export type RunTool = (tool: Tool, args: readonly string[], input?: string) => Promise<string>;

export function toolsFor({ brokers, user, password, caFile = '' }: StackFile['kafka'], folder: string): RunTool {
  const jars = withTools.get();
  const settingsFile = path.join(folder, 'client.properties');
  const login = `org.apache.kafka.common.security.plain.PlainLoginModule required username="${user}" password="${password}";`;
  const settings = {
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'PLAIN',
    'sasl.jaas.config': login,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': caFile,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(settingsFile, lines.join(''), { mode: 0o600 });
  return (tool, args, input) => {
    const connection = ['--bootstrap-server', brokers, settingsOption[tool], settingsFile];
    return runJava(jars, classOf[tool], [...connection, ...args], { input });
  };
}

async function findJars(): Promise<Found<string>> {
  try {
    return { kind: 'found', thing: await fetchedJars('kafka-tools', path.join(import.meta.dirname, 'pom.xml')) };
  } catch (error) {
    if (!(error instanceof CannotStartError)) throw error;
    return { kind: 'missing', reason: error.message };
  }
}
