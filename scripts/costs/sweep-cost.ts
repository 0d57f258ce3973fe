import registry from '../../infra/modules/registry.json' with { type: 'json' };
import { azure } from './azure-limits.ts';

const containers = registry.containers.length;

/** Each container is asked what it owes the bus, what its documents carry of that, and what else is due: all of it at each tick, at the most. */
const questions = containers * 3;

/** A question across partitions that finds nothing, for each physical partition: see docs/operations.md. */
const unitsOfAQuestion = 2.8;

/**
 * Each minute the sweep finds `watch-health` due: its tick, the count of dead letters and what was told last came to 30 units,
 * measured; and each container is asked whether it answers, and what waits in its outbox.
 */
const unitsOfAHealthCheck = 30 + containers * (2 + unitsOfAQuestion);

/** What the sweep takes in a month in which nothing else is due. */
export function sweepOfAMonth(everySeconds: number) {
  const seconds = azure.hoursAMonth * 3_600;
  const ticks = seconds / everySeconds;
  const { leastBusySeconds, gigabytes } = azure.flex;
  return {
    questions,
    ticks,
    requestUnits: ticks * questions * unitsOfAQuestion + (seconds / Math.max(60, everySeconds)) * unitsOfAHealthCheck,
    /** On Flex Consumption: a tick is over within the least that is paid, as long as its connections are warm. */
    gigabyteSeconds: ticks * leastBusySeconds * gigabytes,
  };
}
