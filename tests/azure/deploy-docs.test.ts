import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');
const pages = ['docs/deploy.md', 'docs/running-on-azure.md', 'docs/costs-and-sizing.md'].map(read).join('\n');
const main = read('infra/main.bicep');

/** What the first group of a pattern finds, each once. */
const found = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))];

/** What azd itself sets. */
const ofAzd = ['AZURE_ENV_NAME', 'AZURE_LOCATION', 'AZURE_SUBSCRIPTION_ID'];

describe('the pages on Azure', () => {
  it('every npm script that the pages on Azure name is there', () => {
    const named = found(pages, /npm run (?:-s )?([\w:-]+)/g);
    expect(named).toContain('costs');
    expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([]);
  });

  it('every variable that the pages on Azure have set is read by main.parameters.json or by a hook', () => {
    const named = found(pages, /\b(LAGERHAUS_[A-Z]\w+)/g);
    expect(named).toContain('LAGERHAUS_SIZE');
    const readByAzd = found(read('infra/main.parameters.json'), /\$\{(\w+)/g);
    const ofHooks = found(read('scripts/azure/before-provision.ts'), /process\.env\.(\w+)/g);
    expect(named.filter((name) => !readByAzd.includes(name) && !ofHooks.includes(name))).toEqual([]);
  });

  it('every variable that the pages on Azure read is put out by main.bicep or set by azd', () => {
    const named = found(pages, /\$\{?(AZURE_\w+)/g);
    expect(named).toContain('AZURE_KEY_VAULT_ID');
    const known = [...found(main, /^output (\w+)/gm), ...ofAzd];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('every setting that the pages on Azure give the apps is a setting', () => {
    const given = found(pages, /LAGERHAUS_SETTINGS '\{([^}]+)\}/g).flatMap((text) => found(text, /"([A-Z_]+)":/g));
    expect(given).toContain('SWEEP_SCHEDULE');
    const settings = read('docs/configuration.md');
    expect(given.filter((name) => !settings.includes(`| \`${name}\` |`))).toEqual([]);
  });
});
