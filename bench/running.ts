type Stop = () => Promise<unknown>;

const stops = new Set<Stop>();

/** Something that was started, and is stopped once: where it is disposed of, or when the bench is interrupted. */
export function running(stop: Stop): AsyncDisposable {
  stops.add(stop);
  return {
    async [Symbol.asyncDispose]() {
      if (stops.delete(stop)) await stop();
    },
  };
}

/** Stops whatever still runs. What cannot be stopped does not keep the rest from it. */
export async function stopAll(): Promise<void> {
  const left = [...stops];
  stops.clear();
  await Promise.allSettled(left.map((stop) => stop()));
}
