import { expect, it } from 'vitest';
import { offsetOf, startIn } from './sequence.ts';

const log = { startOffset: 3, endOffset: 9, firstSince: (time: number) => (time <= 50 ? { offset: 5 } : undefined) };

it.each([
  ['the beginning', "amqp.annotation.x-opt-offset > '-1'", 3],
  ['behind an offset', `amqp.annotation.x-opt-offset > '${offsetOf(6)}'`, 7],
  ['at an offset', `amqp.annotation.x-opt-offset >= '${offsetOf(6)}'`, 6],
  ['behind a sequence number', "amqp.annotation.x-opt-sequence-number > '4'", 5],
  ['what came after a time', "amqp.annotation.x-opt-enqueued-time > '40'", 5],
  ['what comes after the last', "amqp.annotation.x-opt-enqueued-time > '60'", 9],
  ['the end', "amqp.annotation.x-opt-offset > '@latest'", 9],
  ['the end by default', undefined, 9],
])('a filter asks for %s', (_, filter, start) => {
  expect(startIn(filter, log)).toBe(start);
});

it('another filter is refused', () => {
  expect(() => startIn("colour = 'red'", log)).toThrow(`the filter "colour = 'red'" is none`);
});
