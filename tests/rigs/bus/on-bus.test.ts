import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { whatABusCanBreak } from './on-bus.ts';

it('what is run on every bus is there: a file that was moved would be missed without a word', () => {
  expect(Object.keys(whatABusCanBreak).filter((file) => !existsSync(file))).toEqual([]);
});
