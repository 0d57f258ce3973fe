/** Loads the app as the host does, prints what it has registered, and ends: a process can be host of one app only. */
import path from 'node:path';
import { startApp } from '../../../infra/embedded/functions-host/app/function-app.ts';

const { functions } = await startApp(path.resolve(import.meta.dirname, '../../..'), () => undefined);
process.stdout.write(JSON.stringify(functions.map(({ metadata }) => metadata)), () => process.exit(0));
