import { expect, it } from 'vitest';
import { knownProblems } from './known-problems.ts';

const short = { status: 409, meaning: 'there is too little', remedy: 'ask for less' };

it('the known problems are the common ones and those of each service', () => {
  const known = knownProblems([
    { name: 'orders', problems: { short, late: short } },
    { name: 'inventory', problems: { short } },
  ]);
  expect(known).toMatchObject({ short, late: short, 'not-found': { status: 404 } });
});

it('a problem code that two services describe differently is refused', () => {
  const other = { ...short, meaning: 'there is nothing' };
  const services = [
    { name: 'orders', problems: { short } },
    { name: 'inventory', problems: { short: other } },
  ];
  expect(() => knownProblems(services)).toThrow(
    'orders and inventory describe the problem short differently: let them say the same of it',
  );
});
