import registry from '../../infra/modules/registry.json' with { type: 'json' };
import { azure } from './azure-limits.ts';

/** Each container is asked what it owes the bus, and what else is due. */
const questions = registry.containers.length * 2;

/** A question across partitions that finds nothing, for each physical partition: see docs/operations.md. */
const unitsOfAQuestion = 2.8;

/** What the sweep takes in a month in which nothing is due. */
export function sweepOfAMonth(everySeconds: number) {
  const ticks = (azure.hoursAMonth * 3_600) / everySeconds;
  const { leastBusySeconds, gigabytes } = azure.flex;
  return {
    questions,
    ticks,
    requestUnits: ticks * questions * unitsOfAQuestion,
    /** On Flex Consumption: a tick is over well within the least that is paid. */
    gigabyteSeconds: ticks * leastBusySeconds * gigabytes,
  };
}
