import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

describe('the command line of npm start', () => {
  it('npm start runs the sources without an option, and the package with --package', () => {
    expect(readCommandLine([])).toEqual({ package: false });
    expect(readCommandLine(['--package'])).toEqual({ package: true });
  });

  it.each([
    [['--packge']],
    [['dist']],
    [['--package=dist']],
  ])('npm start refuses the arguments %j, and says how it is used', (args) => {
    expect(() => readCommandLine(args)).toThrow(/Usage: npm start \[-- --package\]/);
  });
});
