import { parentPort, workerData } from 'node:worker_threads';
import type { FaultGate } from '../../embedded/faults/gate.ts';
import { gateInThread } from '../../embedded/faults/thread-gate.ts';
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts';

interface RunningServer<Address> {
  readonly address: Address;
  close(): Promise<void>;
}

/** The thread's side of a `ServerThread`: starts the server, tells where it listens, closes it when told. */
export async function runInThread<Options, Address>(
  start: (options: Options, gate: { readonly faults?: FaultGate }) => Promise<RunningServer<Address>>,
): Promise<void> {
  const parent = parentPort;
  if (parent === null) throw new Error('This module is the code of a worker thread: start it through ServerThread.');
  const tell = (message: FromThread<Address>) => parent.postMessage(message);
  const { options, gate: port }: ThreadData<Options> = workerData;
  const gate = port && gateInThread(port);
  try {
    const server = await start(options, gate === undefined ? {} : { faults: gate });
    parent.once('message', async (_: ToThread) => {
      gate?.dropWaiting();
      await server.close();
      tell({ type: 'closed' });
    });
    tell({ type: 'listening', address: server.address });
  } catch (error) {
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
