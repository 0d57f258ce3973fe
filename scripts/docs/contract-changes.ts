import { isDeepStrictEqual } from 'node:util';
import type { DomainEvent, EventDefinition } from '../../shared/events/define-event.ts';
import { type ContractVersion, currentVersion, historyFile } from './contract-history.ts';

/**
 * What is wrong between the contracts and their history, each with what to do about it: readers of the bus, and events that
 * still are on it, go by versions, so no version ever changes and each one can still be read.
 *
 * @param current an example of each contract
 */
export function contractChanges(
  current: readonly DomainEvent[],
  history: readonly ContractVersion[],
): readonly string[] {
  const definitions = new Map(current.map(({ definition }) => [definition.type, definition]));
  return [
    ...current.flatMap((event) => changeOf(event, history)),
    ...history.flatMap((old) => unreadable(old, definitions.get(old.type))),
  ];
}

function changeOf(event: DomainEvent, history: readonly ContractVersion[]): readonly string[] {
  const now = currentVersion(event);
  const { type, version } = now;
  const stored = history.find((old) => old.type === type && old.version === version);
  if (stored === undefined) return [`${type} version ${version} has no history yet: run npm run docs and commit it`];
  if (isDeepStrictEqual(stored.schema, now.schema)) return [];
  return [
    `${type} has changed and is still version ${version}: make it version ${version + 1} with an upcaster from ${version}, ` +
      `then run npm run docs (as long as nobody runs version ${version} yet, delete ${historyFile(now)} instead)`,
  ];
}

function unreadable(old: ContractVersion, definition: EventDefinition | undefined): readonly string[] {
  const { type, version, example } = old;
  if (definition === undefined)
    return [`${type} has a history but no contract: bring it back for as long as its events are on the bus`];
  if (version > definition.version) return [`${type} was at version ${version} already: do not go back`];
  const result = definition.read(example, version);
  if (result.success) return [];
  const problems = result.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  return [`${type} version ${version} can no longer be read (${problems.join('; ')}): mend its upcaster`];
}
