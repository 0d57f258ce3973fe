import { described } from './cannot-start-error.ts';
import { emptyDataDir } from './data-dir/empty.ts';
import { refuseArguments } from './refuse-arguments.ts';
import { readStackSettings } from './stack-settings.ts';

try {
  refuseArguments('npm run reset');
  const { DATA_DIR } = readStackSettings(process.env);
  emptyDataDir(DATA_DIR);
  console.log(`${DATA_DIR} is empty.`);
} catch (error) {
  console.error(described(error));
  process.exitCode = 1;
}
