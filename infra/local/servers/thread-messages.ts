import type { MessagePort } from 'node:worker_threads';

/** What a server's thread is started with. */
export interface ThreadData<Options> {
  readonly options: Options;
  /** Where to ask about faults; absent outside tests. */
  readonly gate?: MessagePort;
}

/** What the thread tells. `failed` is a server that could not start. */
export type FromThread<Address> =
  | { readonly type: 'listening'; readonly address: Address }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'closed' };

/** What the thread is told. */
export type ToThread = { readonly type: 'close' };
