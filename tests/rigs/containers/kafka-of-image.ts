import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { apacheKafkaJars } from '../../../infra/local/apache-kafka/jars.ts';
import { runJava } from '../../../infra/local/apache-kafka/java.ts';
import { KafkaNode } from '../../../infra/local/apache-kafka/kafka-node.ts';

/** As little as the program takes for a file of log4j2. */
const logging = 'Configuration: { Loggers: { Root: { level: INFO }, Logger: [] } }\n';

/**
 * Starts Apache Kafka as its image does: the program by which the image turns KAFKA_… into server.properties, and formats the
 * data of a new node, is in the jars.
 * Source: https://github.com/apache/kafka/blob/4.1.1/docker/jvm/launch
 *
 * @throws CannotStartError when Java, Maven or the jars are missing, or the node does not start.
 */
export async function startKafkaOfImage(
  environment: Readonly<Record<string, string>>,
  folder: string,
): Promise<KafkaNode> {
  const jars = await apacheKafkaJars();
  const subfolder = (name: string) => {
    mkdirSync(path.join(folder, name), { recursive: true });
    return path.join(folder, name);
  };
  const [defaults, made] = [subfolder('default'), subfolder('made')];
  // The image brings its own, which say what is logged.
  for (const file of ['log4j2.yaml', 'tools-log4j2.yaml']) writeFileSync(path.join(defaults, file), logging);
  const args = ['setup', '-D', defaults, '-M', subfolder('mounted'), '-F', made];
  const { PATH } = process.env;
  await runJava(jars, 'kafka.docker.KafkaDockerWrapper', args, { environment: { PATH, ...environment } });
  const node = new KafkaNode({
    jars,
    propertiesFile: path.join(made, 'server.properties'),
    logFile: path.join(folder, 'kafka.log'),
    isForSpeed: false,
  });
  await node.start();
  return node;
}
