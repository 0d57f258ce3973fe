// `npm run notices`: writes THIRD-PARTY-NOTICES.txt, the licences and notices of whatever production is made of.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { fetchedPackages } from '../infra/local/fetched-packages.ts';

const root = path.resolve(import.meta.dirname, '..');
const listFolder = path.join(import.meta.dirname, 'notices');

const folder = await fetchedPackages('notices', listFolder);
const program = path.join(folder, 'node_modules/generate-license-file/bin/generate-license-file');
const config = path.join(listFolder, 'config.json');
const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, '--config', config, '--ci'], {
  cwd: root,
});
// It ends well, too, where it has found no text of a licence.
const complaints = `${stdout}${stderr}`.trim();
if (complaints === '') {
  console.log('wrote THIRD-PARTY-NOTICES.txt');
} else {
  console.error(
    `${complaints}\nPut the text into a file of scripts/notices, and name it under "replace" in config.json.`,
  );
  process.exitCode = 1;
}
