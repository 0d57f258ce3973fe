// `npm run package`: the app as it is deployed, in dist/, and as one file, dist.zip. Says how large that is and how long it takes to load.
import { rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './package/bundle.ts';
import { installExternals } from './package/externals.ts';
import { fastestLoadMs } from './package/load-time.ts';
import { zipOf } from './package/zip.ts';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const zip = path.join(root, 'dist.zip');

rmSync(dist, { recursive: true, force: true });
await bundle(root, dist);
await installExternals(root, dist);
writeFileSync(zip, zipOf(dist));
const megabytes = (statSync(zip).size / 2 ** 20).toFixed(1);
console.log(`dist.zip has ${megabytes} MiB; dist/ loads in ${await fastestLoadMs(dist)} ms.`);
