import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';

/**
 * Lets Node keep what it makes of TypeScript, for this process and all that it starts. Without it every process and
 * every thread loads a compiler of its own: a start takes longer, and some 70 MB more.
 */
export function useCompileCache(root) {
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled');
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE); // from Node 22.1
}

/** What runs in a process or a thread of its own when the stack starts. */
const programs = [
  'infra/local/start.ts',
  'infra/local/servers/kafka-thread.ts',
  'infra/local/servers/cosmos-thread.ts',
  'infra/embedded/functions-host/main.ts',
  'functions/app.ts',
];

/**
 * Fills the cache, so that the first start has it too. Each program ends as soon as it is loaded: with a port that is
 * none, outside a worker thread, without settings. Where one cannot be loaded, the start itself will tell why.
 */
export function fillCompileCache(root, node) {
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, PORT: 'none' };
  for (const program of programs.map((name) => join(root, name)).filter((file) => existsSync(file))) {
    spawnSync(node, [program], { cwd: root, env, stdio: 'ignore', timeout: 20_000 });
  }
}
