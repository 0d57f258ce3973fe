import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const linesOf = (file: string) =>
  read(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/** The instructions of the Dockerfile, each on one line. */
const instructions = linesOf('Dockerfile')
  .join('\n')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n');
const argumentsOf = (name: string) =>
  instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));

describe('the image', () => {
  it('the image is the host of Azure Functions 4 with the Node that everything else runs on', () => {
    expect(argumentsOf('FROM')).toEqual([`mcr.microsoft.com/azure-functions/node:4-node${read('.nvmrc').trim()}`]);
  });

  it('the image holds the package where the host looks for it, and nothing else gets as far as Docker', () => {
    expect(argumentsOf('COPY')).toEqual(['dist /home/site/wwwroot']);
    expect(argumentsOf('ADD')).toEqual([]);
    expect(argumentsOf('ENV').join(' ')).toContain('AzureWebJobsScriptRoot=/home/site/wwwroot ');
    expect(linesOf('.dockerignore')).toEqual(['*', '!dist']);
  });

  it('the image takes bodies as large as local.settings.sample.json does', () => {
    const { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: limit } = JSON.parse(read('local.settings.sample.json')).Values;
    expect(argumentsOf('ENV').join(' ')).toContain(`FUNCTIONS_REQUEST_BODY_SIZE_LIMIT=${limit}`);
  });
});

describe('the updates of images', () => {
  it('new versions of the images in compose.yaml and the Dockerfile are looked for', () => {
    const Dependabot = z.looseObject({
      updates: z.array(z.looseObject({ 'package-ecosystem': z.string(), directory: z.string().optional() })),
    });
    const watched = Dependabot.parse(parse(read('.github/dependabot.yml'))).updates.map(
      ({ 'package-ecosystem': ecosystem, directory }) => `${ecosystem} ${directory}`,
    );
    expect(watched).toEqual(expect.arrayContaining(['docker /', 'docker-compose /infra/local']));
  });
});
