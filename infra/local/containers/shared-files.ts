import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Certificate } from '../../embedded/certificate/self-signed.ts';

export interface SharedFiles {
  readonly certificate: Certificate;
  /** By which Prometheus may read the metrics. */
  readonly token: string;
}

/**
 * Writes what compose.yaml mounts out of the folder. Containers run as users of their own, so anybody may read these files, in
 * folders that anybody may enter; the folder itself lets nobody in but its owner, and is not in the way of a mount.
 */
export async function writeSharedFiles(folder: string, { certificate, token }: SharedFiles): Promise<void> {
  share(folder, 'kafka', 'keystore.pem', certificate.key + certificate.cert);
  share(folder, 'prometheus', 'token', token);
  share(folder, 'cosmos', 'cosmos.mjs', await cosmosProgram());
}

function share(folder: string, within: string, name: string, text: string): void {
  const inner = path.join(folder, within);
  mkdirSync(inner, { recursive: true });
  chmodSync(inner, 0o755);
  const file = path.join(inner, name);
  writeFileSync(file, text);
  chmodSync(file, 0o644);
}

/** Our Cosmos server as one file, so that the container needs nothing of the repository and no registry. */
async function cosmosProgram(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'cosmos.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    keepNames: true,
    logLevel: 'warning',
  });
  return outputFiles.map(({ text }) => text).join('');
}
