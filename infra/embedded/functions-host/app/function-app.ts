import { categoryOfApp, type HostLog } from '../log.ts';
import { StartupError } from '../startup-error.ts';
import { provideCoreApi, type RegisteredFunction, type Registrations } from './core-api.ts';
import { Hooks } from './hooks.ts';
import { type Invocation, invoke } from './invoke.ts';
import { loadApp } from './load-app.ts';
import type { FunctionMetadata, RpcInvocationResponse } from './rpc.ts';

/** A function that a trigger can call. Throws what the function threw, after it was logged. */
export interface AppFunction {
  readonly metadata: FunctionMetadata;
  invoke(invocation: Invocation): Promise<RpcInvocationResponse>;
}

/** An app after its start. */
export interface FunctionApp {
  /** By name, case aside: the order in which the real host knows them. */
  readonly functions: readonly AppFunction[];
  /** Runs the appTerminate hooks. */
  terminate(): Promise<void>;
}

/** What the worker tells the programming model that it can do (worker source, getWorkerCapabilities.ts). */
const capabilities: Readonly<Record<string, string>> = {
  RawHttpBodyBytes: 'true',
  RpcHttpTriggerMetadataRemoved: 'true',
  RpcHttpBodyOnly: 'true',
  IgnoreEmptyValuedRpcHttpHeaders: 'true',
  UseNullableValueDictionaryForHttp: 'true',
  WorkerStatus: 'true',
  TypedDataCollection: 'true',
  HandlesWorkerTerminateMessage: 'true',
};

/**
 * Loads the app of `appDir`, runs its appStart hooks and closes registration, in the worker's order.
 *
 * @throws StartupError when the app cannot be loaded or wants what the local host cannot do.
 */
export async function startApp(appDir: string, log: HostLog): Promise<FunctionApp> {
  const hooks = new Hooks();
  const appHookData = {};
  const hookData = {};
  const registrations: Registrations = {
    functions: new Map(),
    hooks,
    model: undefined,
    closed: false,
    log: (level, category, message) => log({ level, category: categoryOfApp(category), message }),
  };
  provideCoreApi(registrations);
  await loadApp(appDir);
  await hooks.run('appStart', { hookData, appHookData, functionAppDirectory: appDir });
  const { model } = registrations;
  if (model === undefined) {
    throw new StartupError(`The files that "main" in ${appDir} names register no function (app.http and the like).`);
  }
  const announced = await model.getCapabilities?.({ ...capabilities });
  if (announced?.HttpUri !== undefined) {
    throw new StartupError('The local host does not support HTTP streams: leave app.setup({ enableHttpStream }) out.');
  }
  registrations.closed = true;

  const scope = { model, log };
  return {
    functions: [...registrations.functions.values()].sort(byName).map((registered) => ({
      metadata: registered.metadata,
      invoke: (invocation) => invoke(scope, registered, invocation),
    })),
    terminate: () => hooks.run('appTerminate', { hookData, appHookData }),
  };
}

/** .NET's OrdinalIgnoreCase: by code unit, in upper case. */
function byName(a: RegisteredFunction, b: RegisteredFunction): number {
  const [first, second] = [a.metadata.name.toUpperCase(), b.metadata.name.toUpperCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}
