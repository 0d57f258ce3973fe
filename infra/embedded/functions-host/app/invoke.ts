import { randomUUID } from 'node:crypto';
import type { HostLog } from '../log.ts';
import { writeAppLog } from './app-log.ts';
import type { RegisteredFunction } from './core-api.ts';
import type { Hooks } from './hooks.ts';
import type { CoreInvocationContext, ProgrammingModel, RpcInvocationResponse, RpcTypedData } from './rpc.ts';
import { type TraceHeaders, traceContext } from './trace-context.ts';
import { triggerOf } from './trigger.ts';

/** What a trigger passes to a function. */
export interface Invocation {
  readonly input: RpcTypedData;
  readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>;
  readonly caller?: TraceHeaders;
}

/** What every invocation of an app shares. */
export interface AppScope {
  readonly model: ProgrammingModel;
  readonly hooks: Hooks;
  readonly appHookData: object;
  readonly log: HostLog;
}

interface InvocationOutcome {
  result: unknown;
  error: unknown;
}

/**
 * Calls a function as the worker does: arguments, preInvocation hooks (which may replace inputs and function), the
 * function, postInvocation hooks (which may replace result and error), response
 * (https://github.com/Azure/azure-functions-nodejs-worker/blob/v3.x/src/eventHandlers/InvocationHandler.ts).
 *
 * @throws what the function threw, after writing it to the log.
 */
export async function invoke(
  scope: AppScope,
  { metadata, callback }: RegisteredFunction,
  invocation: Invocation,
): Promise<RpcInvocationResponse> {
  const { hooks, appHookData, log } = scope;
  const { name: functionName } = metadata;
  const invocationId = randomUUID();
  const hookData = {};
  let invocationContext: unknown;
  const core: CoreInvocationContext = {
    invocationId,
    request: {
      invocationId,
      functionId: functionName,
      inputData: [{ name: triggerOf(metadata).name, data: invocation.input }],
      triggerMetadata: invocation.triggerMetadata,
      traceContext: traceContext(invocation.caller),
    },
    metadata,
    state: undefined,
    log(level, category, message) {
      const about = { appHookData, hookData, invocationContext, functionName, invocationId };
      writeAppLog(hooks, log, { level, category, message, ...about });
    },
  };
  try {
    const model = await scope.model.getInvocationModel(core);
    const { context, inputs } = await model.getArguments();
    invocationContext = context;
    const shared = { hookData, appHookData, invocationContext };
    const before = { ...shared, functionCallback: callback, inputs };
    await during(core, 'preInvocationHooks', () => hooks.run('preInvocation', before));
    const after = {
      ...shared,
      inputs: before.inputs,
      ...(await during(core, 'invocation', () =>
        outcomeOf(() => model.invokeFunction(context, before.inputs, before.functionCallback)),
      )),
    };
    await during(core, 'postInvocationHooks', () => hooks.run('postInvocation', after));
    if (after.error !== null && after.error !== undefined) throw after.error;
    return await model.getResponse(context, after.result);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log({ level: 'error', category: 'system', functionName, invocationId, message });
    throw error;
  }
}

async function outcomeOf(run: () => Promise<unknown>): Promise<InvocationOutcome> {
  try {
    return { result: await run(), error: null };
  } catch (error) {
    return { result: null, error: error ?? new Error(`The function threw ${error}.`) };
  }
}

async function during<T>(core: CoreInvocationContext, state: CoreInvocationContext['state'], work: () => Promise<T>) {
  core.state = state;
  try {
    return await work();
  } finally {
    core.state = undefined;
  }
}
