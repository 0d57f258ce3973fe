import { cpSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { externals } from './externals.ts';

/** CommonJS packages within the bundle call `require`, which a module does not have. */
const requireForModules =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/**
 * Bundles what the Functions host loads and what provisions, with what both need in common once. What is imported only when it
 * is needed (the SDK of Event Hubs, the exporter of traces) stays apart, so that it is loaded only then.
 */
export async function bundle(root: string, to: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { app: 'functions/app.ts', 'scripts/provision': 'scripts/provision.ts' },
    outdir: to,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // Names stand in stack traces and in kinds of errors; the zip makes up for what minifying would save.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    // The worker of Azure Functions is the only one that has it.
    external: ['@azure/functions-core', ...externals],
    banner: { js: requireForModules },
    logLevel: 'warning',
  });
  for (const file of ['host.json', 'THIRD-PARTY-NOTICES.txt']) cpSync(path.join(root, file), path.join(to, file));
}
