import { expect, it } from 'vitest';
import { reachableProblems } from './reachable-problems.ts';
import { sourceModule } from './source-module.ts';

const head = `import { reject, rejectContent as refuse } from '../../shared/model/rejection.ts';`;
const files = {
  'functions/a/ship.ts': `
import { check, type other } from './rules.ts';
import { listen } from './listen.ts';

export const ship = endpoint({
  async handle({ ifMatch }) {
    check(); // and not: forget()
  },
});

export const wait = endpoint({ handle: () => 'check' });

export const hear = endpoint({ handle: () => [tolerate(), listen()] });

function tolerate() {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
  }
}
`,
  'functions/a/rules.ts': `${head}

export function check() {
  return deeper(invalid('body', error));
}

const deeper = () => {
  throw reject('sku-taken', detail);
};

export function forget() {
  throw reject('illegal-transition', detail);
}
`,
  'functions/a/listen.ts': `${head}

export function listen() {
  return subscriber({ handle: () => reject('already-exists', detail) });
}
`,
};
const modules = new Map(Object.entries(files).map(([path, text]) => [path, sourceModule({ path, text })]));
const reached = (name: string) => [...reachableProblems(modules, { path: 'functions/a/ship.ts', name })];

it('a problem that an endpoint reaches by calls through other modules is found', () => {
  expect(reached('ship').toSorted()).toEqual(['invalid-body', 'precondition-failed', 'sku-taken']);
});

it('a problem in a text or a comment, one that is caught and one of a subscriber are not counted as reachable', () => {
  expect(reached('wait')).toEqual([]);
  expect(reached('hear')).toEqual([]);
});
