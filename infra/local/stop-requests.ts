/** A Ctrl-C under npm arrives twice, from the terminal and from npm: within this time it is one request. */
const sameRequestMs = 500;

export interface StopRequests {
  /** Aborted by the first request to stop. */
  readonly stop: AbortSignal;
  /** Aborted by the second: do not wait for what is under way. */
  readonly hasten: AbortSignal;
}

/** Listens for SIGINT, SIGTERM, SIGHUP, and for the death of the parent, of which nothing tells a process. */
export function stopRequests(): StopRequests {
  const stop = new AbortController();
  const hasten = new AbortController();
  let first = 0;
  const requestStop = () => {
    if (!stop.signal.aborted) {
      first = Date.now();
      stop.abort();
    } else if (Date.now() - first > sameRequestMs) hasten.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, requestStop);

  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    requestStop();
  }, 1_000);
  watch.unref();
  return { stop: stop.signal, hasten: hasten.signal };
}
