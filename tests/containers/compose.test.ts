import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { composeFile } from '../../infra/local/containers/prepare-containers.ts';
import { composePorts, composeYaml, readCompose } from '../rigs/containers/local-compose.ts';

// Ajv knows the draft that it names by another address.
const { $schema: _, ...schema } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'compose-spec.json'), 'utf8'));
const { services, volumes, service } = readCompose();
const named = Object.entries(services);

describe('compose.yaml', () => {
  it('compose.yaml follows the schema of the Compose Specification', () => {
    // Formats are those of Compose's own parser (durations, ports), which Ajv does not know.
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    expect(validate(composeYaml()), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ services: { kafka: { imgae: 'apache/kafka' } } })).toBe(false);
  });

  it.each(named)('the container %s runs an image that is pinned by its tag and its digest', (_, { image }) => {
    expect(image).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
  });

  it.each(named)('the container %s has a health check', (_, { healthcheck }) => {
    expect(healthcheck?.test.length).toBeGreaterThan(1);
  });

  it.each(named)('the container %s is reached from this machine alone', (_, { ports }) => {
    expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))).toEqual([]);
  });

  it('no two containers take one port of this machine, and each port can be given another number', () => {
    const taken = named.flatMap(([, { ports }]) => ports.map((port) => port.split(':')[1]));
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.toSorted()).toEqual(Object.values(composePorts()).toSorted());
  });

  it("Microsoft's emulator is started where it is asked for, and everything else always", () => {
    expect(named.filter(([, { profiles }]) => profiles.length > 0).map(([name]) => name)).toEqual(['cosmos-emulator']);
  });

  it('what a container mounts is in the repository, is made by npm run start:func, or is a volume', () => {
    const mounted = named.flatMap(([, service]) => service.volumes.map((volume) => volume.split(':')[0] ?? ''));
    const unknown = mounted.filter((source) => {
      if (!source.startsWith('.')) return !(source in volumes);
      return (
        !/^\.\.\/\.\.\/\.local-func\/(kafka|cosmos|prometheus)$/.test(source) &&
        !existsSync(path.resolve(composeFile, '..', source))
      );
    });
    expect(mounted.length).toBeGreaterThan(8);
    expect(unknown).toEqual([]);
  });

  it('the broker offers SASL over TLS to clients, and is the Apache Kafka that the tests run on', () => {
    const { image, environment } = service('kafka');
    expect(environment.KAFKA_LISTENER_SECURITY_PROTOCOL_MAP).toContain('CLIENTS:SASL_SSL');
    expect(environment.KAFKA_PROCESS_ROLES).toBe('broker,controller');
    const pom = readFileSync(path.resolve(composeFile, '../apache-kafka/pom.xml'), 'utf8');
    expect(pom).toContain(`<version>${/:([\d.]+)@/.exec(image)?.[1]}</version>`);
  });

  it('the emulator of Blob Storage is the version that the slow tests run', () => {
    const { dependencies } = JSON.parse(readFileSync(path.resolve(composeFile, '../azurite/package.json'), 'utf8'));
    expect(service('azurite').image).toContain(`:${dependencies.azurite}@`);
  });
});
