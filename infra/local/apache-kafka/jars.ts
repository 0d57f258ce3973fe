import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { CannotStartError, codeOf } from '../cannot-start-error.ts';
import { fetchedFolder } from '../fetched-folder.ts';

const run = promisify(execFile);
const pom = path.join(import.meta.dirname, 'pom.xml');
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const oldestJava = 17;

/** The jars of the broker. */
export const apacheKafkaJars = () => fetchedJars('apache-kafka', pom);

/**
 * The folder with the jars that a pom.xml names: fetched from Maven Central the first time, and whenever pom.xml changes.
 *
 * @throws CannotStartError when Java or Maven is missing, or the jars cannot be fetched.
 */
export async function fetchedJars(name: string, pomFile: string): Promise<string> {
  await requireJava();
  return fetchedFolder(name, pomFile, (folder) => fetchInto(folder, pomFile));
}

/** @throws CannotStartError when there is no Java, or one that is too old for Apache Kafka. */
export async function requireJava(): Promise<void> {
  const advice = `Apache Kafka needs Java ${oldestJava} or newer (Debian: apt-get install openjdk-${oldestJava}-jre-headless)`;
  const { stderr } = await run('java', ['-version']).catch((error: unknown) => {
    throw new CannotStartError(`There is no java on the PATH: ${advice}.`, { cause: error });
  });
  const version = /version "(\d+)/.exec(stderr)?.[1];
  if (Number(version) < oldestJava)
    throw new CannotStartError(`The java on the PATH is version ${version}: ${advice}.`);
}

async function fetchInto(folder: string, pomFile: string): Promise<void> {
  const args = ['-q', '-B', '-f', pomFile, copyDependencies, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  try {
    await run('mvn', args, { maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new CannotStartError(
        'There is no mvn on the PATH: Maven fetches Apache Kafka (Debian: apt-get install maven).',
        { cause: error },
      );
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout).trim() : String(error);
    throw new CannotStartError(`Maven cannot fetch Apache Kafka:\n${said}`, { cause: error });
  }
}
