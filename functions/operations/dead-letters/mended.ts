import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type EventDefinition, NewerVersionError } from '../../../shared/events/define-event.ts';
import { dataSchemaOf, type Envelope, versionOf } from '../../../shared/events/envelope.ts';
import { contracts } from '../../../shared/events/registry.ts';
import { reject, rejectContent, rejectInvalid } from '../../../shared/model/rejection.ts';

/**
 * The event with other data, in the version that this code writes: the same event about the same thing.
 *
 * @throws Rejection `invalid-body` naming each field where the data breaks the contract; `unknown-event` or `newer-version`
 * where this code does not have the contract, `other-subject` where the data are of something else.
 */
export function mended(event: Envelope, data: Readonly<Record<string, unknown>>): Envelope {
  const contract = contracts.find(({ type }) => type === event.type);
  if (contract === undefined) throw reject('unknown-event', `this code knows no contract of ${event.type}`);
  const read = readAs(event, data, contract);
  const subject = contract.subjectOf(read);
  if (subject !== event.subject)
    throw rejectContent('other-subject', `the event is about ${event.subject}; these data are of ${subject}`);
  return {
    ...event,
    data: read,
    dataschema: dataSchemaOf(event.type, contract.version),
    partitionkey: contract.partitionKeyOf(read),
  };
}

function readAs(event: Envelope, data: unknown, contract: EventDefinition): unknown {
  try {
    const result = contract.read(data, versionOf(event));
    if (result.success) return result.data;
    const issues = result.error.issues.map((issue) => ({ ...issue, path: ['data', ...issue.path] }));
    throw rejectInvalid('body', new z.ZodError(issues));
  } catch (error) {
    if (error instanceof NewerVersionError) throw reject('newer-version', `${error.message}: deploy that code first`);
    throw error;
  }
}

/** The names of the fields that are not the same in both. */
export function changedFields(before: unknown, after: unknown): readonly string[] {
  const [one, other] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (name) => !isDeepStrictEqual(one.get(name), other.get(name)),
  );
}

function fieldsOf(data: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof data === 'object' && data !== null ? Object.entries(data) : []);
}
