// Loads the app of a folder as the worker of Azure Functions does, and says how many milliseconds that took.

import { provideCoreApi, type Registrations } from '../../infra/embedded/functions-host/app/core-api.ts';
import { Hooks } from '../../infra/embedded/functions-host/app/hooks.ts';
import { loadApp } from '../../infra/embedded/functions-host/app/load-app.ts';

const registrations: Registrations = {
  functions: new Map(),
  hooks: new Hooks(),
  model: undefined,
  closed: false,
  log: () => undefined,
};
provideCoreApi(registrations);
const begun = performance.now();
await loadApp(process.argv[2] ?? 'dist');
const took = performance.now() - begun;
if (registrations.functions.size === 0) throw new Error('The package registers no function.');
process.stdout.write(String(Math.round(took)));
process.exit(0);
