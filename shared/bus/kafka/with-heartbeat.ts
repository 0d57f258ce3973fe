import type { EachBatchPayload } from 'kafkajs';

/** Keeps a member in its group while it works on a batch, which may take longer than a session. */
export async function withHeartbeat<T>(
  { heartbeat }: Pick<EachBatchPayload, 'heartbeat'>,
  sessionTimeoutMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const beat = () =>
    heartbeat().catch(() => {
      // The group has changed: the next heartbeat, when the work is through, says it again, and to kafkajs.
    });
  const beating = setInterval(() => void beat(), sessionTimeoutMs / 10);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
