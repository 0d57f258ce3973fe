import type { FunctionSummary } from './host.ts';

/** What a host in a process of its own tells its parent over the IPC channel. */
export type HostMessage =
  | { readonly type: 'ready'; readonly url: string; readonly functions: readonly FunctionSummary[] }
  | { readonly type: 'failed'; readonly message: string };
