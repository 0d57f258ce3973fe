import { withTimeout } from '../async/timeout.ts';
import type { Clock } from '../clock.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';

interface Dependencies {
  readonly metrics: Pick<Metrics, 'outboxDepth' | 'outboxAge'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a container may take to answer before its gauges are left out. */
const timeoutMs = 2_000;

/**
 * Asks the containers what their outboxes hold. One that does not answer has no gauge until it does: a number that is
 * not known is no zero.
 */
export async function measureBacklog(
  containers: readonly DocumentContainer[],
  { metrics: { outboxDepth, outboxAge }, clock, log }: Dependencies,
): Promise<void> {
  outboxDepth.reset();
  outboxAge.reset();
  const measure = async (container: DocumentContainer) => {
    try {
      const { depth, since } = await withTimeout(container.backlog(), timeoutMs);
      const ageMs = since === undefined ? 0 : clock.now().getTime() - since.getTime();
      outboxDepth.set({ container: container.name }, depth);
      outboxAge.set({ container: container.name }, Math.max(0, ageMs) / 1_000);
    } catch (error) {
      log.warn('outbox backlog could not be measured', { container: container.name, error: errorText(error) });
    }
  };
  await Promise.all(containers.map(measure));
}
