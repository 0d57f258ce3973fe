import type { SourceFile } from '../house-rules/source-file.ts';

/** A problem that a client may meet. */
export interface KnownProblem {
  readonly code: string;
  readonly status: number;
}

interface Way {
  readonly pattern: RegExp;
  /** The status, from what the pattern's first group found. */
  readonly status: (found: string) => number;
  /** Where this way of writing means something else. */
  readonly isForeign?: (file: SourceFile) => boolean;
}

const statusOfKind: Readonly<Record<string, number>> = {
  content: 422,
  state: 409,
  absent: 404,
  forbidden: 403,
  precondition: 412,
  unauthenticated: 401,
  limited: 429,
};
const code = /\s*(?:'([a-z-]+)'|`([a-z-]+)\$\{what\}`)?/.source;

/** `reject` is also what a Promise's executor calls its second argument. */
const importsReject = ({ text }: SourceFile) => /\breject\w*\b[^;]*from '[^']*(rejection|aggregate)\.ts'/.test(text);

/** How the product says no, with the code behind the first argument. `shared/serving/problem-of.ts` hands on what others threw. */
const ways: readonly Way[] = [
  {
    pattern: new RegExp(`\\b(reject|rejectContent)\\(${code}`, 'g'),
    status: (found) => (found === 'reject' ? 409 : 422),
    isForeign: (file) => !importsReject(file),
  },
  { pattern: new RegExp(`\\bnew Problem\\(\\s*(\\d+),${code}`, 'g'), status: Number },
];

/** `new Rejection('not-found', detail, 'absent')`, wherever the code is written out. */
const rejection = new RegExp(
  `\\bnew Rejection\\(\\s*(?:'([a-z-]+)'|\`([a-z-]+)\\$\\{what\\}\`),[\\s\\S]*?,\\s*'(${Object.keys(statusOfKind).join('|')})'`,
  'g',
);

/** What `invalid-${what}` stands for. */
const whats = ['body', 'query', 'line'];

/** Every problem that a file may answer with. @throws Error where a code is not written out, so that none escapes. */
export function thrownProblems(file: SourceFile): readonly KnownProblem[] {
  const rejections = [...file.text.matchAll(rejection)].flatMap(([, name, prefix = '', kind = '']) =>
    (name === undefined ? whats.map((what) => `${prefix}${what}`) : [name]).map((code) => ({
      code,
      status: statusOfKind[kind] ?? Number.NaN,
    })),
  );
  const others = ways.flatMap(({ pattern, status, isForeign }) => {
    if (isForeign?.(file)) return [];
    return [...file.text.matchAll(pattern)].flatMap(([found, first = '', name, prefix]) => {
      if (name === undefined && prefix === undefined)
        throw new Error(`${file.path}: write the code of the problem out, behind ${found}`);
      const codes = name === undefined ? whats.map((what) => `${prefix}${what}`) : [name];
      return codes.map((one) => ({ code: one, status: status(first) }));
    });
  });
  return [...rejections, ...others];
}
