import type { RuleReport } from '../../../infra/embedded/faults/fault-rules.ts';
import type { FaultRuleInput } from '../../../infra/embedded/faults/rule.ts';
import { controlTokenHeader } from '../../../infra/local/control/control-server.ts';
import { eventually } from './eventually.ts';

/** A fault that is in force. */
export interface Fault {
  report(): Promise<RuleReport>;
  /** Settles once the fault has happened so many times. */
  happened(times?: number): Promise<void>;
  /** Lets held requests go. */
  release(): Promise<void>;
  clear(): Promise<void>;
}

export interface ServerControl {
  /** Takes the server away: its port is closed, connections are cut. */
  stop(): Promise<void>;
  /** Brings it back, on the same port with the same data. */
  start(): Promise<void>;
}

export interface FunctionsControl {
  /** Starts it (with these settings over the stack's), and gives its URL. */
  start(env?: Readonly<Record<string, string>>): Promise<string>;
  /** Stops it gracefully; it stays down. */
  stop(): Promise<void>;
  /** SIGKILL; it stays down. */
  kill(): Promise<void>;
  /** SIGKILL; it is started again by itself. */
  crash(): Promise<void>;
  pid(): Promise<number | undefined>;
}

export interface StackControl {
  fault(rule: FaultRuleInput): Promise<Fault>;
  clearFaults(): Promise<void>;
  readonly kafka: ServerControl;
  readonly cosmos: ServerControl;
  /** A functions process: `main`, or another instance by a name of your own. */
  functions(name?: string): FunctionsControl;
}

/** A rule in force, wherever it is. */
interface RuleInForce {
  report(): Promise<RuleReport>;
  release(): Promise<void>;
  clear(): Promise<void>;
}

export function faultOf(description: FaultRuleInput, rule: RuleInForce): Fault {
  return {
    ...rule,
    async happened(times = 1) {
      await eventually(async () => {
        const { hits } = await rule.report();
        if (hits < times)
          throw new Error(`the fault has happened ${hits} times of ${times}: ${JSON.stringify(description)}`);
      });
    },
  };
}

/** Speaks to the control endpoint of a running stack (infra/local/control). */
export function controlClient(url: string, token: string): StackControl {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const payload = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(new URL(path, url), {
      method,
      headers: { [controlTokenHeader]: token },
      ...payload,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  };
  const server = (name: string): ServerControl => ({
    stop: () => call('POST', `/servers/${name}/stop`),
    start: () => call('POST', `/servers/${name}/start`),
  });

  return {
    async fault(rule) {
      const { id } = await call<{ id: string }>('POST', '/rules', rule);
      return faultOf(rule, {
        report: () => call('GET', `/rules/${id}`),
        release: () => call('POST', `/rules/${id}/release`),
        clear: () => call('DELETE', `/rules/${id}`),
      });
    },
    clearFaults: () => call('DELETE', '/rules'),
    kafka: server('kafka'),
    cosmos: server('cosmos'),
    functions(name = 'main') {
      const path = `/functions/${name}`;
      return {
        start: async (env) =>
          (await call<{ url: string }>('POST', `${path}/start`, env === undefined ? {} : { env })).url,
        stop: () => call('POST', `${path}/stop`),
        kill: () => call('POST', `${path}/kill`),
        crash: () => call('POST', `${path}/crash`),
        pid: async () => (await call<{ pid?: number }>('GET', path)).pid,
      };
    },
  };
}
