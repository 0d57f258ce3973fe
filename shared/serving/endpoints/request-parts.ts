import type { InParts, RequestPart } from '../../capabilities/endpoints/request-part.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';
import { storedBoundary } from '../../persistence/documents/stored-document.ts';
import type { Opening } from '../../runtime/runtime.ts';
import type { IdempotentUse } from './idempotent-use.ts';
import { type ConflictRetry, retryOnConflict } from './retry-on-conflict.ts';

/** What the parts of one request run on. */
export interface PartStage extends ConflictRetry {
  readonly use: IdempotentUse;
  readonly tenant: string;
  readonly open: (opening: Pick<Opening, 'boundary' | 'isRetry'>) => UnitOfWork;
}

/** How many parts are under way at once: more would only wait for each other at the same boundary. */
const atOnce = 4;

export function inParts(stage: PartStage): InParts {
  return async (parts) => {
    const [first, ...others] = parts;
    if (first === undefined) return [];
    // Alone, because with it the key is claimed: of a request whose key is another's, nothing is to be done.
    return [await commitPart(first, stage), ...(await commitParts(others, stage))];
  };
}

/** After a failure, what is under way is finished and nothing more begun. */
async function commitParts<Result>(
  parts: readonly RequestPart<Result>[],
  stage: PartStage,
): Promise<readonly Result[]> {
  const waiting = parts.entries();
  const results: Result[] = [];
  const failures: unknown[] = [];
  const worker = async () => {
    for (const [index, part] of waiting) {
      if (failures.length > 0) return;
      try {
        results[index] = await commitPart(part, stage);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, parts.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}

async function commitPart<Result>(
  { name, boundary, result, run }: RequestPart<Result>,
  stage: PartStage,
): Promise<Result> {
  const use = stage.use.ofPart(name);
  const stored = storedBoundary(stage.tenant, boundary);
  return retryOnConflict(stage, async (isRetry) => {
    const kept = await use.keptIn(stored);
    if (kept !== undefined) return result.parse(JSON.parse(kept));
    const work = stage.open({ boundary: stored, isRetry });
    const done = await run(work, use.newIds());
    stage.signal.throwIfAborted();
    await use.keep(JSON.stringify(result.encode(done)), { boundary: stored, work });
    await work.commit();
    return done;
  });
}
