import type { Catalog } from './catalog.ts';

const pauseMs = 1000;
const itemsPerStep = 200;

/**
 * Deletes expired items in the background, a few at a time, so that no request waits for long. Nobody sees the
 * difference: an expired item is invisible from its moment on.
 *
 * @returns a function that stops it.
 */
export function startExpiry(catalog: Catalog): () => void {
  let timer = setTimeout(step, pauseMs).unref();

  function step() {
    const removed = expireOnce(catalog, Date.now());
    // With more to do, the next step follows as soon as the requests that are waiting have been served.
    timer = setTimeout(step, removed === itemsPerStep ? 1 : pauseMs).unref();
  }
  return () => clearTimeout(timer);
}

/** One step over all containers: says how many items it deleted, at most as many as a step may. */
function expireOnce(catalog: Catalog, now: number): number {
  let left = itemsPerStep;
  for (const database of catalog.databases.values()) {
    for (const container of database.containers.values()) {
      if (left === 0) return itemsPerStep;
      if (container.definition.defaultTtl === undefined) continue;
      left -= container.items.removeExpired(now, left);
    }
  }
  return itemsPerStep - left;
}
