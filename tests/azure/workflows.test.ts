import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');

it('the workflow of CI runs every suite that .ci/run does', () => {
  const suites = [...read('.ci/run').matchAll(/^npm run (test:\S+)$/gm)].map(([, suite]) => suite);
  const [, list = ''] = /suite: \[([^\]]+)\]/.exec(read('.github/workflows/ci.yml')) ?? [];
  expect(suites.length).toBeGreaterThan(4);
  expect([...list.matchAll(/'([^']+)'/g)].map(([, suite]) => suite).sort()).toEqual(suites.toSorted());
});

it('the workflow of deploying hands on each variable that the parameters of Bicep are read from', () => {
  const named = [...read('infra/main.parameters.json').matchAll(/\$\{(\w+)(?:=[^}]*)?\}/g)].map(
    ([, name = '']) => name,
  );
  const workflow = read('.github/workflows/deploy.yml');
  expect(named).toContain('LAGERHAUS_HOSTING');
  expect(named.filter((name) => !workflow.includes(`${name}: `))).toEqual([]);
});
