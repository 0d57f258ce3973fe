import { expect, it } from 'vitest';
import { offsetOf, startIn } from './sequence.ts';

const log = { startOffset: 3, endOffset: 9, firstSince: (time: number) => (time <= 50 ? { offset: 5 } : undefined) };

it.each([
  ['the beginning', "amqp.annotation.x-opt-offset > '-1'", 3],
  ['the message after an offset', `amqp.annotation.x-opt-offset > '${offsetOf(6)}'`, 7],
  ['the message at an offset', `amqp.annotation.x-opt-offset >= '${offsetOf(6)}'`, 6],
  ['the message after a sequence number', "amqp.annotation.x-opt-sequence-number > '4'", 5],
  ['the first message after a time', "amqp.annotation.x-opt-enqueued-time > '40'", 5],
  ['the end, by a time after the last message', "amqp.annotation.x-opt-enqueued-time > '60'", 9],
  ['the end', "amqp.annotation.x-opt-offset > '@latest'", 9],
  ['the end by default', undefined, 9],
])('a receiver can start at %s', (_, filter, start) => {
  expect(startIn(filter, log)).toBe(start);
});

it('an unknown filter of a receiver is refused', () => {
  expect(() => startIn("colour = 'red'", log)).toThrow(`the filter "colour = 'red'" is none`);
});
