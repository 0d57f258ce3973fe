import type { Origin, SourceModule } from './source-module.ts';
import { thrownProblems } from './thrown-problems.ts';

/** `invalid('body', error)` makes another problem than `invalid('query', error)`: it is told by its argument. */
const invalid = /\b(?:invalid|invalidContent|rejectInvalid)\('(body|query|line)'/g;

/** What comes by the context is no import, so it is told by its name: what its call may lead to. */
const ofTheContext: Readonly<Record<string, string>> = {
  ifMatch: 'precondition-failed',
  expectNew: 'already-exists',
  lag: 'bus-unavailable',
};

/** Not looked into: what they refuse is told by how they are used. */
const opaque = ['invalid', 'invalidContent', 'rejectInvalid', 'defineAggregate', 'endpoint'];

/** Who catches rejections answers for them; what a subscriber refuses becomes a dead letter. */
const isBarrier = (code: string) => /\bcatch \(\w+\)[\s\S]*\binstanceof Rejection\b|\breturn subscriber[<(]/.test(code);

/**
 * The codes of all problems that a declaration may lead to, through whatever it names: functions it calls, here and in
 * other modules of ours. It is a bound from above: a branch that is never taken counts as well.
 */
export function reachableProblems(modules: ReadonlyMap<string, SourceModule>, root: Origin): ReadonlySet<string> {
  const codes = new Set<string>();
  const seen = new Set<string>();
  const pending = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, name } = next;
    const module = modules.get(path);
    const code = module?.declarations.get(name);
    if (module === undefined || code === undefined || isBarrier(code) || seen.has(`${path} ${name}`)) continue;
    seen.add(`${path} ${name}`);
    for (const one of codesIn(module, code)) codes.add(one);
    pending.push(...namedIn(module, code));
  }
  return codes;
}

function codesIn({ path, head }: SourceModule, code: string): readonly string[] {
  const thrown = thrownProblems({ path, text: `${head}\n${code}` }).map((problem) => problem.code);
  const invalids = [...code.matchAll(invalid)].map(([, what]) => `invalid-${what}`);
  const words = wordsOf(code);
  const called = Object.entries(ofTheContext).flatMap(([name, problem]) => (words.has(name) ? [problem] : []));
  return [...thrown, ...invalids, ...called];
}

/** The declarations that the code names, wherever they stand. */
function namedIn({ path, declarations, imports }: SourceModule, code: string): readonly Origin[] {
  const words = [...wordsOf(code)].filter((word) => !opaque.includes(word));
  return words.flatMap((word) => imports.get(word) ?? (declarations.has(word) ? [{ path, name: word }] : []));
}

function wordsOf(code: string): ReadonlySet<string> {
  return new Set(code.replaceAll(/'(?:\\.|[^'\\\n])*'/g, "''").match(/\b[A-Za-z_]\w*\b/g));
}
