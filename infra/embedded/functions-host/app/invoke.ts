import { randomUUID } from 'node:crypto';
import { categoryOfApp, type HostLog } from '../log.ts';
import type { RegisteredFunction } from './core-api.ts';
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
  readonly log: HostLog;
}

/**
 * Calls a function as the worker does: arguments, the function, response
 * (https://github.com/Azure/azure-functions-nodejs-worker/blob/v3.x/src/eventHandlers/InvocationHandler.ts).
 *
 * @throws what the function threw, after writing it to the log.
 */
export async function invoke(
  scope: AppScope,
  { metadata, callback }: RegisteredFunction,
  invocation: Invocation,
): Promise<RpcInvocationResponse> {
  const { log } = scope;
  const { name: functionName } = metadata;
  const invocationId = randomUUID();
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
      log({ level, category: categoryOfApp(category), message, functionName, invocationId });
    },
  };
  try {
    const model = await scope.model.getInvocationModel(core);
    const { context, inputs } = await model.getArguments();
    const result = await during(core, 'invocation', () => model.invokeFunction(context, inputs, callback));
    return await model.getResponse(context, result);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log({ level: 'error', category: 'system', functionName, invocationId, message });
    throw error;
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
