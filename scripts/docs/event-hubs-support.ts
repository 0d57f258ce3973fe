import { addressForms } from '../../infra/embedded/event-hubs/address.ts';
import { conditionOfStatus, conditions } from '../../infra/embedded/event-hubs/amqp-error.ts';
import { tokenTypes } from '../../infra/embedded/event-hubs/put-token.ts';
import { readableTypes } from '../../infra/embedded/event-hubs/read-properties.ts';
import { startFields } from '../../infra/embedded/event-hubs/sequence.ts';
import { markdownTable } from './generated-part.ts';

/** What the embedded Event Hubs endpoint supports, from the tables by which it works. */
export function eventHubsSupport(): string {
  return [
    '### Links',
    markdownTable(
      ['address', 'what for'],
      addressForms.map(({ form, use }) => [`\`${form}\``, use]),
    ),
    '### Requests and filters',
    markdownTable(
      ['', 'supported'],
      [
        ['types of a token, for `put-token`', words(Object.values(tokenTypes))],
        ['types that `READ` has', words(readableTypes.keys())],
        ['a filter says where to begin by', words(startFields.map((field) => `x-opt-${field}`))],
      ],
    ),
    '### Conditions',
    'By a fault rule an error is asked for by its status; a status that is not here means `amqp:internal-error`.',
    markdownTable(['condition', 'status of a fault rule'], conditionRows()),
  ].join('\n\n');
}

function conditionRows(): readonly (readonly string[])[] {
  const statuses = new Map([...conditionOfStatus].map(([status, name]) => [conditions[name], String(status)]));
  return Object.values(conditions).map((condition) => [`\`${condition}\``, statuses.get(condition) ?? '']);
}

function words(values: Iterable<unknown>): string {
  return [...values].map((value) => `\`${value}\``).join(', ');
}
