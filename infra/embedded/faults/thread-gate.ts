import type { MessagePort } from 'node:worker_threads';
import type { FaultRules } from './fault-rules.ts';
import type { FaultGate, RequestSeen, Verdict } from './gate.ts';

/** From the thread of the rules to the thread of a server. */
type ToServer =
  | { readonly type: 'watch'; readonly on: boolean; readonly keepsPast: boolean }
  | { readonly type: 'verdict'; readonly id: number; readonly verdict: Verdict };

/** And back. */
type ToRules =
  | { readonly type: 'watching' }
  | { readonly type: 'judge'; readonly id: number; readonly request: RequestSeen };

export interface ThreadGate extends FaultGate {
  /** Drops every request that still waits: its server is going away, and would wait for it. */
  dropWaiting(): void;
}

/** The gate in a server's thread: asks the rules in the other thread, and only while there are any for this server. */
export function gateInThread(port: MessagePort): ThreadGate {
  const open = new Map<number, (verdict: Verdict) => void>();
  let watching = false;
  let keepsPast = false;
  let nextId = 1;
  const tell = (message: ToRules) => port.postMessage(message);

  port.on('message', (message: ToServer) => {
    if (message.type === 'watch') {
      watching = message.on;
      keepsPast = message.keepsPast;
      tell({ type: 'watching' });
      return;
    }
    open.get(message.id)?.(message.verdict);
    open.delete(message.id);
  });
  port.unref();

  return {
    get keepsPast() {
      return keepsPast;
    },
    judge(request) {
      if (!watching) return { kind: 'serve' };
      const id = nextId++;
      return new Promise((resolve) => {
        open.set(id, resolve);
        tell({ type: 'judge', id, request });
      });
    },
    dropWaiting() {
      for (const decide of open.values()) decide({ kind: 'drop' });
      open.clear();
    },
  };
}

/** Answers for the rules to one server's thread. `watch` is settled once the thread asks, or no longer does. */
export function serveGate(port: MessagePort, rules: FaultRules): { watch(on: boolean): Promise<void> } {
  const acknowledged: (() => void)[] = [];
  const tell = (message: ToServer) => port.postMessage(message);

  port.on('message', async (message: ToRules) => {
    if (message.type === 'watching') {
      acknowledged.shift()?.();
      return;
    }
    tell({ type: 'verdict', id: message.id, verdict: await rules.judge(message.request) });
  });
  // A server that stops takes its end of the channel along: nobody is left to acknowledge.
  port.on('close', () => {
    for (const settle of acknowledged.splice(0)) settle();
  });
  port.unref();

  return {
    watch(on) {
      return new Promise((resolve) => {
        acknowledged.push(resolve);
        tell({ type: 'watch', on, keepsPast: rules.keepsPast });
      });
    },
  };
}
