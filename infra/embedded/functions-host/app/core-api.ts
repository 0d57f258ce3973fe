import Module from 'node:module';
import { StartupError } from '../startup-error.ts';
import type { HookCallback, Hooks } from './hooks.ts';
import type { FunctionCallback, FunctionMetadata, ProgrammingModel, RpcLogCategory, RpcLogLevel } from './rpc.ts';

/** What is registered under a function's name. */
export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** What the app did through `@azure/functions` while it was loaded. */
export interface Registrations {
  readonly functions: Map<string, RegisteredFunction>;
  readonly hooks: Hooks;
  model: ProgrammingModel | undefined;
  /** Set once the app has started: from then on functions can be neither added nor removed. */
  closed: boolean;
  log(level: RpcLogLevel, category: RpcLogCategory, message: string): void;
}

class Disposable {
  #dispose: (() => void) | undefined;

  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }

  dispose(): void {
    this.#dispose?.();
    this.#dispose = undefined;
  }
}

/** The versions whose contract this is: `@azure/functions` enables log hooks and its own log by them. */
const workerVersion = '3.13.0';
const hostVersion = '4.1043.0';

/**
 * Makes `require('@azure/functions-core')` answer with this host, as the Node worker does: there is no such package,
 * the worker replaces `Module.prototype.require`
 * (https://github.com/Azure/azure-functions-nodejs-worker/blob/v3.x/src/setupCoreModule.ts).
 *
 * `@azure/functions` keeps what it got, so a process can be host of one app only.
 */
export function provideCoreApi(registrations: Registrations): void {
  const coreApi = coreApiOf(registrations);
  const requireOf = Module.prototype.require;
  if (provided.has(requireOf)) {
    throw new StartupError('This process runs a Functions host already. Start the second one in a process of its own.');
  }
  const requireOrCore = function (this: NodeJS.Module, id: string): unknown {
    return id === '@azure/functions-core' ? coreApi : requireOf.call(this, id);
  };
  provided.add(requireOrCore);
  Module.prototype.require = Object.assign(requireOrCore, requireOf);
}

/** The `require` functions that were put in place here. */
const provided = new WeakSet<object>();

function coreApiOf(registrations: Registrations): object {
  return {
    version: workerVersion,
    hostVersion,
    Disposable,
    setProgrammingModel: (model: ProgrammingModel) => {
      registrations.model = model;
    },
    getProgrammingModel: () => registrations.model,
    log: registrations.log,
    registerHook: (name: string, callback: HookCallback) => new Disposable(registrations.hooks.add(name, callback)),
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
      new Disposable(registerFunction(registrations, metadata, callback)),
  };
}

function registerFunction(registrations: Registrations, metadata: FunctionMetadata, callback: FunctionCallback) {
  const { functions } = registrations;
  const { name } = metadata;
  if (registrations.closed) throw new Error('A function can only be registered during app startup.');
  if (functions.has(name)) throw new Error(`A function with name "${name}" has already been registered.`);
  functions.set(name, { metadata: { ...metadata, functionId: name }, callback });
  return () => {
    if (registrations.closed) throw new Error('A function can only be disposed during app startup.');
    functions.delete(name);
  };
}
