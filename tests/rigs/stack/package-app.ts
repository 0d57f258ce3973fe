import { packaged } from '../../../infra/local/programs/packaged.ts';

/** Makes the package that the stack of the suite runs (vitest.config.ts). */
export default async function packageApp() {
  await packaged(new AbortController().signal, console.log);
}
