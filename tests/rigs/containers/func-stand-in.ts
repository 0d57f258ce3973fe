// What `func start` does for a test: the app in this folder, with the settings of a local.settings.json as its environment. As for
// Core Tools, what the environment has already comes first.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const { SETTINGS_FILE } = z.object({ SETTINGS_FILE: z.string() }).parse(process.env);
const { Values } = z
  .object({ Values: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(SETTINGS_FILE, 'utf8')));
Object.assign(process.env, { ...Values, ...process.env });
await import('../../../infra/embedded/functions-host/main.ts');
