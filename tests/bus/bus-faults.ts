import type { ApacheKafka } from '../../infra/local/apache-kafka/apache-kafka.ts';
import { FaultRules } from '../../infra/local/faults/fault-rules.ts';
import { FaultRule } from '../../infra/local/faults/rule.ts';
import { faultOf, type StackControl } from '../stack/control-client.ts';
import { startFaultProxy } from './fault-proxy.ts';

type FaultControl = Pick<StackControl, 'fault' | 'clearFaults'>;

/** Faults at a real broker's requests: the rules of the embedded broker, asked by a proxy in front of the real one. */
export interface BusFaults extends AsyncDisposable {
  /** For the stack whose functions processes a rule may kill. */
  controlFor(stack: StackControl): FaultControl;
}

export async function startBusFaults(kafka: ApacheKafka, port: number): Promise<BusFaults> {
  let functions: StackControl['functions'] | undefined;
  const rules = new FaultRules(async (name) => functions?.(name).crash());
  const proxy = await startFaultProxy({ port, certificate: kafka.certificate, gate: rules, behind: kafka.behindProxy });
  return {
    controlFor(stack) {
      functions = stack.functions;
      return {
        async fault(input) {
          if (input.server !== 'kafka') return stack.fault(input);
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
    [Symbol.asyncDispose]: () => proxy.close(),
  };
}
