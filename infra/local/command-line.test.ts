import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

describe('the command line of npm start', () => {
  it('runs the sources without an option, and the package with --package', () => {
    expect(readCommandLine([])).toEqual({ package: false });
    expect(readCommandLine(['--package'])).toEqual({ package: true });
  });

  it.each([[['--packge']], [['dist']], [['--package=dist']]])('refuses %j with how it is used', (args) => {
    expect(() => readCommandLine(args)).toThrow(/Usage: npm start \[-- --package\]/);
  });
});
