import { FaultRules } from '../../../infra/embedded/faults/fault-rules.ts';
import { FaultRule } from '../../../infra/embedded/faults/rule.ts';
import type { ApacheKafka } from '../../../infra/local/apache-kafka/apache-kafka.ts';
import { faultOf, type StackControl } from '../stack/control-client.ts';
import { startFaultProxy } from './fault-proxy.ts';

/** Faults at a real broker's requests: the rules of the embedded broker, asked by a proxy in front of the real one. */
export interface BusFaults {
  /** For the stack whose functions processes a rule may kill. */
  controlFor(stack: StackControl): Pick<StackControl, 'fault' | 'clearFaults'>;
  close(): Promise<void>;
}

/** Without a port there is no proxy, and no fault can be made. */
export async function startBusFaults(kafka: ApacheKafka, port: number | undefined): Promise<BusFaults> {
  let functions: StackControl['functions'] | undefined;
  const rules = new FaultRules(async (name) => functions?.(name).crash());
  const { behindProxy: behind, certificate } = kafka;
  const proxy = port === undefined ? undefined : await startFaultProxy({ port, certificate, gate: rules, behind });
  return {
    controlFor(stack) {
      functions = stack.functions;
      return {
        async fault(input) {
          if (input.server !== 'kafka') return stack.fault(input);
          if (proxy === undefined) throw new Error('a stack with faults at its bus is started with busFaults: true');
          const id = rules.add(FaultRule.parse(input));
          return faultOf(input, {
            report: async () => rules.report(id) ?? { hits: 0, held: 0 },
            release: async () => rules.release(id),
            clear: async () => rules.clear(id),
          });
        },
        async clearFaults() {
          rules.clearAll();
          await stack.clearFaults();
        },
      };
    },
    async close() {
      await proxy?.close();
    },
  };
}
