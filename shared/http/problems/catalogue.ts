import { accessProblems } from './access-problems.ts';
import { accountProblems } from './account-problems.ts';
import { deadLetterProblems } from './dead-letter-problems.ts';
import { existenceProblems } from './existence-problems.ts';
import { orderProblems } from './order-problems.ts';
import type { ProblemDescription } from './problem-table.ts';
import { replayProblems } from './replay-problems.ts';
import { requestProblems } from './request-problems.ts';
import { troubleProblems } from './trouble-problems.ts';

/** Every problem that the product answers with, by what it is about; `docs/problems.md` is made from it. */
export const problemSections = {
  'Who you are': accessProblems,
  Accounts: accountProblems,
  'How you ask': requestProblems,
  'What there is': existenceProblems,
  'Orders and stock': orderProblems,
  'Dead letters': deadLetterProblems,
  Replays: replayProblems,
  'Trouble here': troubleProblems,
} as const;

type Sections = typeof problemSections;

/** The code of a problem that is documented: the only ones that an endpoint may answer with. */
export type ProblemCode = { [Title in keyof Sections]: keyof Sections[Title] }[keyof Sections];

/** Every problem by its code. */
export const problems: Readonly<Record<ProblemCode, ProblemDescription>> = {
  ...accessProblems,
  ...accountProblems,
  ...requestProblems,
  ...existenceProblems,
  ...orderProblems,
  ...deadLetterProblems,
  ...replayProblems,
  ...troubleProblems,
};
