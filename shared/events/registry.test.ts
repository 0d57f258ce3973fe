import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { announcedEvents } from './contracts/announced-events.ts';
import type { EventDefinition } from './define-event.ts';
import { contracts, definitionOf, knownEvents } from './registry.ts';

const folder = path.join(import.meta.dirname, 'contracts');
const files = readdirSync(folder).filter((file) => /^[a-z-]+\.ts$/.test(file));

const isContract = (exported: unknown): exported is EventDefinition =>
  typeof exported === 'function' && 'partitionKeyOf' in exported;

describe('the event registry', () => {
  it.each(files)('the event registry knows every contract of contracts/%s', async (file) => {
    const module: Record<string, unknown> = await import(path.join(folder, file));
    const missing = Object.values(module).filter((value) => isContract(value) && !contracts.some((c) => c === value));
    expect(missing, `export contracts/${file} in shared/events/contracts/index.ts`).toEqual([]);
  });

  it('the event registry has each type once, so that an event with a contract is no longer announced', () => {
    const announced = new Set<string>(announcedEvents.map(({ type }) => type));
    const both = contracts.map(({ type }) => type).filter((type) => announced.has(type));
    expect(both, 'take them off shared/events/contracts/announced-events.ts').toEqual([]);
    expect(new Set(knownEvents.map(({ type }) => type)).size).toBe(knownEvents.length);
  });
});

describe('an announced event', () => {
  const definition = definitionOf('employee.created');

  it('an announced event takes its subject and partition key from its key field', () => {
    expect(definition?.topic).toBe('workforce-events');
    expect(definition?.partitionKeyOf({ employeeId: 'e1', id: 'x' })).toBe('e1');
    expect(definition?.subjectOf({ employeeId: 'e1' })).toBe('employee/e1');
  });

  it('an announced event without its key field uses its id, or one subject for all if it has none', () => {
    expect(definition?.partitionKeyOf({ id: 7 })).toBe('7');
    expect(definition?.subjectOf({})).toBe('employee/unknown');
  });
});
