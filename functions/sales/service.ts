import { defineService } from '../../shared/capabilities/define-service.ts';
import { salesExamples } from './examples.ts';

export const sales = defineService({
  name: 'sales',
  summary: 'Shops, their tills, and what is sold there.',
  examples: salesExamples,
  capabilities: [],
});
