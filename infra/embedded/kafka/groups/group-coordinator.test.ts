import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/server-under-test.ts';
import { GroupCoordinator } from './group-coordinator.ts';

const at = (offset: number, topic = 't', partition = 0) => ({ topic, partition, offset, metadata: null });
const open = (folder: string, topics = ['t', 'u']) => GroupCoordinator.open(folder, (topic) => topics.includes(topic));
const journalOf = (folder: string) => join(folder, 'groups.jsonl');

it('committed offsets survive a crash of the process', () => {
  const folder = temporaryFolder();
  const coordinator = open(folder);
  coordinator.commit('g', [at(1), at(5, 'u', 3)]);
  coordinator.commit('g', [{ ...at(2), metadata: 'note' }]);
  const again = open(folder);
  expect(again.committed('g', 't', 0)).toEqual({ ...at(2), metadata: 'note' });
  expect(again.committed('g', 'u', 3)).toEqual(at(5, 'u', 3));
});

it('a committed offset that a crash left half-written is dropped, and those before and after it are kept', () => {
  const folder = temporaryFolder();
  const coordinator = open(folder);
  coordinator.commit('g', [at(1)]);
  coordinator.commit('g', [at(2)]);
  truncateSync(journalOf(folder), statSync(journalOf(folder)).size - 5);
  const again = open(folder);
  expect(again.committed('g', 't', 0)?.offset).toBe(1);
  again.commit('g', [at(3)]);
  expect(open(folder).committed('g', 't', 0)?.offset).toBe(3);
});

it('a damaged line in the journal of groups is an error that names file and line', () => {
  const folder = temporaryFolder();
  open(folder).commit('g', [at(1)]);
  writeFileSync(journalOf(folder), `{"kind":"nonsense"}\n${readFileSync(journalOf(folder), 'utf8')}`);
  expect(() => open(folder)).toThrow(`${journalOf(folder)}, line 1, is damaged`);
});

it('the committed offsets of a deleted topic do not come back', () => {
  const folder = temporaryFolder();
  const coordinator = open(folder);
  coordinator.commit('g', [at(1), at(2, 'u')]);
  coordinator.dropTopic('t');
  const again = open(folder);
  expect(again.allCommitted('g')).toEqual([at(2, 'u')]);
  expect(open(folder, ['t']).allCommitted('g')).toEqual([]);
});

it('the journal of groups is compacted when it is opened and while it grows', () => {
  const folder = temporaryFolder();
  const coordinator = open(folder);
  const metadata = 'm'.repeat(4_000);
  for (let offset = 0; offset < 1_500; offset++) coordinator.commit('g', [{ ...at(offset), metadata }]);
  expect(statSync(journalOf(folder)).size).toBeLessThan(5_000_000);
  expect(open(folder).committed('g', 't', 0)?.offset).toBe(1_499);
  expect(statSync(journalOf(folder)).size).toBeLessThan(10_000);
});

it('a generation of a group is never used twice', () => {
  const folder = temporaryFolder();
  open(folder).ensure('g');
  appendFileSync(journalOf(folder), '{"kind":"generation","group":"g","generation":41,"protocolType":"consumer"}\n');
  expect(open(folder).find('g')?.identity).toEqual({ generation: 41, protocolType: 'consumer' });
});
