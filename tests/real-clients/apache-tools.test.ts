import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from '../rigs/clients/shop.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { type RunTool, toolsFor, withTools } from './apache-tools.ts';

const group = 'tools-group';
const fromOne = ['--topic', 'tools', '--from-beginning', '--group', group, '--timeout-ms', '30000'];
const keyed = ['--property', 'parse.key=true', '--property', 'key.separator=:'];

describe.skipIf(withTools.isMissing)(`the tools of Apache Kafka${withTools.note}`, () => {
  let stack: TestStack;
  let run: RunTool;

  beforeAll(async () => {
    stack = await startStack({ env: { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL' } });
    run = toolsFor(stack.kafka, stack.dataDir);
    await new Shop(stack).sell();
  });
  afterAll(() => stack?.stop());

  it('kafka-topics creates, lists and describes topics', async () => {
    await run('topics', ['--create', '--topic', 'tools', '--partitions', '1', '--config', 'retention.ms=60000']);
    expect((await run('topics', ['--list'])).split('\n')).toEqual(expect.arrayContaining(['catalog-events', 'tools']));
    const described = await run('topics', ['--describe', '--topic', 'tools']);
    expect(described).toMatch(/PartitionCount: 1\s+ReplicationFactor: 1\s+Configs: .*retention.ms=60000/);
  });

  it('what kafka-console-producer sends kafka-console-consumer reads in a group', async () => {
    await run('producer', ['--topic', 'tools', ...keyed], 'a:one\nb:two\nc:three\n');
    const read = await run('consumer', [...fromOne, '--max-messages', '2', '--property', 'print.key=true']);
    expect(read.trim().split('\n')).toEqual(['a\tone', 'b\ttwo']);
  });

  it('kafka-consumer-groups tells how far a group is, and sets it back', async () => {
    const [, lag] = rowsOf(await run('groups', ['--describe', '--group', group]));
    expect(lag?.slice(0, 6)).toEqual([group, 'tools', '0', '2', '3', '1']);
    const reset = ['--reset-offsets', '--to-earliest', '--topic', 'tools', '--group', group, '--execute'];
    expect(rowsOf(await run('groups', reset)).at(-1)).toEqual([group, 'tools', '0', '0']);
  });

  it("kafka-consumer-groups lists our consumers' groups without lag once all is done", async () => {
    await stack.settled();
    const rows = rowsOf(await run('groups', ['--describe', '--all-groups']));
    const ofInventory = rows.filter(([name, topic]) => name === 'inventory-on-catalog-events' && topic !== 'TOPIC');
    expect(ofInventory.map(([, , , current, end, lag]) => [current === end, lag])).toContainEqual([true, '0']);
    expect(ofInventory.filter(([, , , , , lag]) => lag !== '0' && lag !== '-')).toEqual([]);
  });

  it('kafka-get-offsets tells the end of a topic and its beginning', async () => {
    expect(await run('offsets', ['--topic', 'tools'])).toBe('tools:0:3\n');
    expect(await run('offsets', ['--topic', 'tools', '--time', '-2'])).toBe('tools:0:0\n');
  });
});

/** The words of each line of a table. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => line.trim().split(/\s+/));
}
