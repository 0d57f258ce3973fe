import type { Deadline } from '../capabilities/deadline.ts';
import { later } from '../clock.ts';
import { NewerDocumentError } from '../persistence/documents/store-errors.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { type ReplayKey, ReplayRun } from './replay-run.ts';
import { Replay, type ReplayState } from './replay-state.ts';

/** So many replays run in one process at once: they share it with everything else that it does. */
const runsAtOnce = 2;
const lookAgainMs = 10_000;

/** Runs replays in the background of this process, each as long as it takes. */
export class ReplayRunner {
  readonly #runtime: Runtime;
  readonly #stopping = new AbortController();
  readonly #running = new Map<string, Promise<void>>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Goes on with a replay that is due, unless that is under way; tells whether there is room for it. */
  start(key: ReplayKey): boolean {
    const name = `${key.tenant}/${key.id}`;
    if (this.#running.has(name)) return true;
    if (this.#stopping.signal.aborted || this.#running.size >= runsAtOnce) return false;
    const run = new ReplayRun(key, this.#runtime, this.#stopping.signal).toEnd();
    this.#running.set(
      name,
      run.finally(() => this.#running.delete(name)),
    );
    return true;
  }

  /** Lets the steps that are under way end, and leaves the rest to other processes. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running.values());
  }
}

/** What is done with a replay that is due: it has just been asked for, or whoever was at it is gone. */
export function replayDeadline(runner: ReplayRunner, runtime: Pick<Runtime, 'clock' | 'consumers'>): Deadline {
  return {
    word: 'deadline',
    name: 'run-replay',
    kind: Replay.kind,
    isDueAtOnce(document) {
      const { dueAt, requestedAt } = Replay.parse(document);
      return dueAt === requestedAt;
    },
    async visit(id, dueAt, work) {
      const replay = await work.load(Replay, id);
      const { current } = replay;
      if (current?.dueAt !== dueAt) return;
      refuseNewer(current, runtime);
      if (runner.start({ tenant: current.tenant, id })) return;
      replay.put({ ...current, dueAt: later(runtime.clock.now(), lookAgainMs) });
    },
  };
}

/** Without it, a replay to a subscriber that is unknown here would be done, and nothing of it delivered. @throws NewerDocumentError */
function refuseNewer(
  { consumer: name, subscriber, walks }: ReplayState,
  { consumers }: Pick<Runtime, 'consumers'>,
): void {
  const reactions = consumers.list.find((one) => one.name === name)?.reactions ?? [];
  const isKnown = reactions.some((reaction) => subscriber === undefined || reaction.name === subscriber);
  const walking = reactions.filter(({ remakes }) => remakes !== undefined).map((reaction) => reaction.name);
  if (!isKnown || walks.some((walk) => !walking.includes(walk.subscriber)))
    throw new NewerDocumentError(`this code has no consumer ${name}, or no ${subscriber} of it`);
}
