import { z } from 'zod';
import type { FaultRules } from '../../embedded/faults/fault-rules.ts';
import { FaultRule } from '../../embedded/faults/rule.ts';
import type { FunctionsProcess } from '../functions-process/functions-process.ts';

interface Server {
  start(): Promise<unknown>;
  stop(): Promise<void>;
  watch(): Promise<void>;
}

/** What the control endpoint can disturb. */
export interface ControlTargets {
  readonly rules: FaultRules;
  /** Without the broker where somebody else runs it. */
  readonly servers: { readonly kafka: Server | undefined; readonly cosmos: Server };
  /** A functions process by its name, made when it is new: `main` is there from the start. */
  readonly functions: (name: string) => Promise<FunctionsProcess>;
}

interface Route {
  readonly method: string;
  /** Its groups are the handler's first argument. */
  readonly pattern: RegExp;
  readonly handle: (parameters: readonly string[], body: unknown) => unknown;
}

const ServerName = z.enum(['kafka', 'cosmos']);
/** What tests start a process with. Not just any name: by `NODE_OPTIONS` it would run whatever code its caller likes. */
const SettingName = z
  .string()
  .regex(
    /^(COSMOS_ENDPOINT|ENABLED_SERVICES|METRICS|ORDER_TIMEOUT|RATE_LIMIT|RATE_LIMIT_BURST|SWEEP_SCHEDULE|TRUSTED_PROXIES|VERIFY_EMAIL|AzureWebJobs\.[\w-]+\.Disabled)$/,
  );
const StartBody = z.object({ env: z.record(SettingName, z.string()).default({}) });

export function controlRoutes({ rules, servers, functions }: ControlTargets): readonly Route[] {
  const serverNamed = (name: string | undefined) => {
    const server = servers[ServerName.parse(name)];
    if (server === undefined) throw new Error(`the stack does not run the ${name} server itself`);
    return server;
  };
  const watch = () => Promise.all([servers.kafka?.watch(), servers.cosmos.watch()]);

  return [
    route('POST', '/rules', async (_, body) => {
      const id = rules.add(FaultRule.parse(body));
      await watch();
      return { id };
    }),
    route('GET', '/rules/:id', ([id = '']) => {
      const report = rules.report(id);
      if (report === undefined) throw new Error(`there is no rule ${id}`);
      return report;
    }),
    route('POST', '/rules/:id/release', ([id = '']) => rules.release(id)),
    route('DELETE', '/rules/:id', async ([id = '']) => {
      rules.clear(id);
      await watch();
    }),
    route('DELETE', '/rules', async () => {
      rules.clearAll();
      await watch();
    }),

    route('POST', '/servers/:name/stop', ([name]) => serverNamed(name).stop()),
    route('POST', '/servers/:name/start', async ([name]) => {
      await serverNamed(name).start();
    }),

    route('GET', '/functions/:name', async ([name = '']) => {
      const { url, pid } = await functions(name);
      return { url, pid };
    }),
    route('POST', '/functions/:name/start', async ([name = ''], body) => {
      const { env } = StartBody.parse(body);
      return { url: await (await functions(name)).start(env) };
    }),
    route('POST', '/functions/:name/stop', async ([name = '']) => (await functions(name)).stop()),
    route('POST', '/functions/:name/kill', async ([name = '']) => (await functions(name)).kill()),
    route('POST', '/functions/:name/crash', async ([name = '']) => (await functions(name)).crash()),
  ];
}

function route(method: string, path: string, handle: Route['handle']): Route {
  return { method, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`), handle };
}
