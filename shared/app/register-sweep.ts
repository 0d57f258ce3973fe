import { app } from '@azure/functions';
import type { Service } from '../capabilities/define-service.ts';
import type { EffectLane } from '../effects/effect-lane.ts';
import { carriedLookAheadMs } from '../persistence/documents/due-times.ts';
import { deadLetterRetry } from '../replays/dead-letter-retry.ts';
import { ReplayRunner, replayDeadline } from '../replays/replay-runner.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { ScheduleArming } from '../sweep/schedule-arming.ts';
import { sweepCarriers, sweepService } from '../sweep/sweep.ts';
import { SweepTimer } from '../sweep/sweep-timer.ts';
import { VisitsAtOnce } from '../sweep/visits-at-once.ts';
import { timed } from '../telemetry/timed.ts';

/**
 * Has what is due seen to: right after the commit what is due at once, and anything else by a timer. Whatever an app runs, it sees
 * to the dead letters and the replays of all.
 */
export function registerSweep(services: readonly Service[], lanes: readonly EffectLane[], runtime: Runtime): void {
  const others = services.filter(({ name }) => name !== runtime.deadLetterService);
  const replays = new ReplayRunner(runtime);
  const { deadLetterService: name } = runtime;
  const { deadlines = [], schedules = [], effects = [] } = services.find((service) => service.name === name) ?? {};
  const ofAll = [deadLetterRetry(runtime), replayDeadline(replays, runtime), ...deadlines];
  const swept = [...others, { name, schedules, effects, deadlines: ofAll }];
  const visits = swept.map((service) => new VisitsAtOnce(service, runtime));
  app.hook.appTerminate(async () => {
    await Promise.all([...visits, ...lanes].map((one) => one.stop()));
    await replays.stop();
  });
  const arming = new ScheduleArming(runtime);
  const timer = new SweepTimer(
    [
      ...swept.map((service) => ({
        name: service.name,
        dueTimes: runtime.containerOf(service.name).dueTimes,
        sweep: async () => {
          const isArmed = await arming.arm(service);
          return (await sweepService(service, runtime)) && isArmed;
        },
      })),
      ...swept.map(({ name }) => ({
        name: `${name}/carried`,
        dueTimes: runtime.containerOf(name).carriedTimes,
        restMs: carriedLookAheadMs,
        sweep: () => sweepCarriers({ name }, runtime),
      })),
      ...lanes.map((lane) => ({
        name: `${lane.service}/${lane.name}`,
        dueTimes: runtime.containerOf(lane.service).dueTimes,
        sweep: () => lane.sweep(),
      })),
    ],
    runtime,
  );
  app.timer('sweep', {
    // Not `%SWEEP_SCHEDULE%`: the host knows no default of ours.
    schedule: runtime.settings.SWEEP_SCHEDULE,
    handler: () => timed(runtime.metrics, 'sweep', () => timer.tick()),
  });
}
