import { AmqpError } from './amqp-error.ts';

/**
 * Event Hubs' offsets say where in the log a message is, in bytes: they grow, and are no sequence numbers. Whoever takes one
 * for the other is to be found out here, so an offset is the sequence number times this.
 */
const offsetFactor = 100;

export const offsetOf = (sequenceNumber: number) => String(sequenceNumber * offsetFactor);

/** A log as far as a position in it is concerned. */
interface Positions {
  readonly startOffset: number;
  readonly endOffset: number;
  firstSince(time: number): { readonly offset: number } | undefined;
}

/** By what a filter can say where to begin; each is an annotation `x-opt-…` of messages. */
export const startFields = ['offset', 'sequence-number', 'enqueued-time'];

const selector = new RegExp(`^amqp\\.annotation\\.x-opt-(${startFields.join('|')}) (>=?) '?(.+?)'?$`);

/**
 * The sequence number from which a filter wants messages: `amqp.annotation.x-opt-offset > '1200'` and the like. Without one,
 * whatever comes from now on.
 *
 * @throws AmqpError for a filter that Event Hubs does not know.
 */
export function startIn(filter: string | undefined, log: Positions): number {
  if (filter === undefined) return log.endOffset;
  const [, field, comparison, value = ''] = selector.exec(filter) ?? [];
  if (value === '@latest') return log.endOffset;
  const number = Number(value);
  if (field === undefined || Number.isNaN(number))
    throw new AmqpError('argument', `the filter "${filter}" is none that Event Hubs knows`);
  const beyond = comparison === '>' ? 1 : 0;
  if (field === 'enqueued-time') return log.firstSince(number + beyond)?.offset ?? log.endOffset;
  const start = (field === 'offset' ? Math.floor(number / offsetFactor) : number) + beyond;
  return Math.max(start, log.startOffset);
}
