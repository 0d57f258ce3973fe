import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { GatheredLines } from './gathered-lines.ts';

describe('lines that are gathered', () => {
  it('lines of one turn go out in one piece and in their order, those of the next in another', async () => {
    const written: string[] = [];
    const lines = new GatheredLines((text) => void written.push(text));
    lines.add('one\n');
    lines.add('two\n');
    expect(written).toEqual([]);
    await new Promise(setImmediate);
    lines.add('three\n');
    await new Promise(setImmediate);
    expect(written).toEqual(['one\ntwo\n', 'three\n']);
  });

  it('the last line of a process that ends itself is written', async () => {
    const module = path.join(import.meta.dirname, 'log.ts');
    const code = `import { jsonLog } from ${JSON.stringify(module)}; jsonLog(() => new Date()).info('goodbye'); process.exit();`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code]);
    expect(JSON.parse(stdout)).toMatchObject({ level: 'info', message: 'goodbye' });
  });
});
