import { defineService } from '../../shared/capabilities/define-service.ts';
import { changeSettings } from './change-settings.ts';
import { adminExamples } from './examples.ts';
import { getSettings } from './get-settings.ts';
import { listSettingChanges } from './list-setting-changes.ts';
import { adminProblems } from './problems.ts';
import { retellSettings } from './retell-settings.ts';

export const admin = defineService({
  name: 'admin',
  summary: 'How a tenant has its shop work: its settings, and what became of them.',
  problems: adminProblems,
  examples: adminExamples,
  capabilities: [getSettings, changeSettings, listSettingChanges, retellSettings],
});
