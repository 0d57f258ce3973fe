import { randomUUID } from 'node:crypto';
import { categoryOfApp, type HostLog } from '../log.ts';
import type { RegisteredFunction } from './core-api.ts';
import type {
  CoreInvocationContext,
  FunctionCallback,
  FunctionMetadata,
  ProgrammingModel,
  RpcInvocationResponse,
  RpcTypedData,
} from './rpc.ts';
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
  readonly log: HostLog;
}

/**
 * Calls a function as the worker does: arguments, the function, response
 * (https://github.com/Azure/azure-functions-nodejs-worker/blob/v3.x/src/eventHandlers/InvocationHandler.ts).
 *
 * @throws what the function threw, after writing it to the log.
 */
export function invoke(
  scope: AppScope,
  { metadata, callback }: RegisteredFunction,
  invocation: Invocation,
): Promise<RpcInvocationResponse> {
  return run(scope, coreContext(scope, metadata, invocation), callback);
}

function coreContext(
  { log }: AppScope,
  metadata: FunctionMetadata,
  { input, triggerMetadata, caller }: Invocation,
): CoreInvocationContext {
  const invocationId = randomUUID();
  const functionName = metadata.name;
  return {
    invocationId,
    request: {
      invocationId,
      functionId: functionName,
      inputData: [{ name: triggerOf(metadata).name, data: input }],
      triggerMetadata,
      traceContext: traceContext(caller),
    },
    metadata,
    state: undefined,
    log(level, category, message) {
      log({ level, category: categoryOfApp(category), message, functionName, invocationId });
    },
  };
}

/**
 * What a trigger passes is let go as soon as it was handed on: a function that takes its time would keep it alive, as text and as
 * what was read of it, and everything that outlives a moment is copied by the collector.
 */
async function run(
  { model, log }: AppScope,
  core: CoreInvocationContext,
  callback: FunctionCallback,
): Promise<RpcInvocationResponse> {
  const { request, metadata, invocationId } = core;
  try {
    const invocationModel = await model.getInvocationModel(core);
    const { context, inputs } = await invocationModel.getArguments();
    letGo(request.inputData);
    const result = await during(core, 'invocation', () => {
      const called = invocationModel.invokeFunction(context, inputs, callback);
      inputs.length = 0;
      return called;
    });
    return await invocationModel.getResponse(context, result);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log({ level: 'error', category: 'system', functionName: metadata.name, invocationId, message });
    throw error;
  }
}

/** Of a batch each text, too: the programming model keeps the batch itself until the function is done. */
function letGo(inputs: CoreInvocationContext['request']['inputData']): void {
  for (const { data } of inputs) data.collectionString?.string.splice(0);
  inputs.length = 0;
}

async function during<T>(core: CoreInvocationContext, state: CoreInvocationContext['state'], work: () => Promise<T>) {
  core.state = state;
  try {
    return await work();
  } finally {
    core.state = undefined;
  }
}
