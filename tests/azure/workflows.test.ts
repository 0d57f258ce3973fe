import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');

const Step = z.strictObject({
  name: z.string().optional(),
  uses: z
    .string()
    .regex(/^[\w-]+\/[\w-]+@v\d+$/)
    .optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  env: z.record(z.string(), z.string()).optional(),
});

const Job = z.strictObject({
  needs: z.string().optional(),
  strategy: z
    .strictObject({
      'fail-fast': z.boolean().optional(),
      'max-parallel': z.number().optional(),
      matrix: z.looseObject({
        os: z.array(z.string()).optional(),
        node: z.array(z.number()).optional(),
        suite: z.array(z.string()).optional(),
        environment: z.array(z.string()).optional(),
      }),
    })
    .optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  environment: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  steps: z.array(Step.refine((step) => (step.run === undefined) !== (step.uses === undefined))),
});

/** The part of a workflow's format that we use. Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
const Workflow = z.strictObject({
  name: z.string(),
  on: z.record(z.enum(['push', 'pull_request', 'workflow_dispatch']), z.unknown()).or(z.looseObject({})),
  permissions: z.record(z.string(), z.enum(['read', 'write'])),
  concurrency: z.union([z.string(), z.looseObject({ group: z.string() })]),
  jobs: z.record(z.string(), Job),
});

const workflow = (name: string) => Workflow.parse(parse(read(`.github/workflows/${name}.yml`)));
const commandsOf = (job: z.output<typeof Job> | undefined) => job?.steps.flatMap(({ run }) => run ?? []) ?? [];

describe('the workflow of CI', () => {
  const { jobs, permissions } = workflow('ci');

  it('the workflow of CI runs every suite that .ci/run does', () => {
    const suites = [...read('.ci/run').matchAll(/^npm run (test:\S+)$/gm)].map(([, suite]) => suite);
    expect(suites.length).toBeGreaterThan(4);
    expect(jobs.suites?.strategy?.matrix.suite?.toSorted()).toEqual(suites.toSorted());
  });

  it('.ci/run runs every suite of package.json', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const suites = Object.keys(scripts).filter((name) => name.startsWith('test:'));
    expect(suites.filter((name) => !read('.ci/run').includes(`\nnpm run ${name}\n`))).toEqual([]);
  });

  it('the workflow of CI runs npm test by Node 22 and 24, on Linux and macOS', () => {
    const { os, node } = jobs.test?.strategy?.matrix ?? {};
    expect(node).toEqual(expect.arrayContaining([22, 24]));
    expect(os).toEqual(['ubuntu-latest', 'macos-latest']);
    expect(commandsOf(jobs.test)).toEqual(['npm test']);
  });

  it('the workflow of CI may read and nothing else', () => {
    expect(permissions).toEqual({ contents: 'read' });
  });
});

describe('the workflow of deploying', () => {
  const { jobs, permissions } = workflow('deploy');
  const commands = commandsOf(jobs.deploy);

  it('the workflow of deploying hands on each variable that the parameters of Bicep are read from', () => {
    const named = [...read('infra/main.parameters.json').matchAll(/\$\{(\w+)(?:=[^}]*)?\}/g)].map(
      ([, name = '']) => name,
    );
    const given = Object.keys(jobs.deploy?.env ?? {});
    expect(commands.join('\n')).toContain('^LAGERHAUS_');
    expect(named.filter((name) => !name.startsWith('LAGERHAUS_') && !given.includes(name))).toEqual([]);
  });

  it('the workflow of deploying logs in without a secret, and deploys to dev before prod', () => {
    expect(permissions).toMatchObject({ 'id-token': 'write', contents: 'read' });
    expect(jobs.deploy?.strategy).toEqual({ 'max-parallel': 1, matrix: { environment: ['dev', 'prod'] } });
    expect(read('.github/workflows/deploy.yml')).not.toMatch(/secrets\.(?!SMOKE_TEST_PASSWORD)/);
  });

  it('Bicep is linted, and what would change is told, before anything changes', () => {
    expect(commandsOf(jobs.package)[0]).toContain('az bicep lint');
    const azd = commands.filter((command) => /^azd (provision|deploy)/.test(command));
    expect(azd).toEqual([
      'azd provision --preview --no-prompt',
      'azd provision --no-prompt',
      'azd deploy --all --no-prompt',
    ]);
  });

  it('both environments get the package that was made once, or that of an earlier run', () => {
    expect(jobs.deploy?.needs).toBe('package');
    expect(commands.filter((command) => command.includes('npm run package'))).toEqual([]);
    const packages = jobs.package?.steps.filter(({ if: when }) => when !== undefined).map(({ if: when }) => when);
    expect(packages).toEqual(["inputs.run == ''", "inputs.run != ''"]);
  });
});
