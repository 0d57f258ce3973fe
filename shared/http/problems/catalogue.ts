import { accessProblems } from './access-problems.ts';
import { deadLetterProblems } from './dead-letter-problems.ts';
import { existenceProblems } from './existence-problems.ts';
import { priceProblems } from './price-problems.ts';
import type { ProblemDescription } from './problem-table.ts';
import { requestProblems } from './request-problems.ts';
import { troubleProblems } from './trouble-problems.ts';

/** The problems that any service may answer with, by what they are about; a service adds its own (`defineService`). */
export const problemSections = {
  'Who you are': accessProblems,
  'How you ask': requestProblems,
  'What there is': existenceProblems,
  'What it costs': priceProblems,
  'Dead letters': deadLetterProblems,
  'Trouble here': troubleProblems,
} as const;

type Sections = typeof problemSections;

/** The code of a problem that is no service's own. */
export type ProblemCode = { [Title in keyof Sections]: keyof Sections[Title] }[keyof Sections];

/** The problems that are no service's own, by their code. */
export const problems: Readonly<Record<ProblemCode, ProblemDescription>> = {
  ...accessProblems,
  ...requestProblems,
  ...existenceProblems,
  ...priceProblems,
  ...deadLetterProblems,
  ...troubleProblems,
};
