import { defineService } from '../../shared/capabilities/define-service.ts';
import { salesExamples } from './examples.ts';
import { salesProblems } from './problems.ts';
import { salesSettings } from './settings.ts';

export const sales = defineService({
  name: 'sales',
  summary: 'Shops, their tills, and what is sold there.',
  problems: salesProblems,
  settings: salesSettings,
  examples: salesExamples,
  capabilities: [],
});
