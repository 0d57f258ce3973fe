import type { FaultGate, RequestSeen, Verdict } from '../../../infra/embedded/faults/gate.ts';

/** Requests that the server keeps waiting until the test lets them go. */
export interface Hold {
  /** Settles when `count` requests wait. */
  readonly arrived: (count: number) => Promise<void>;
  readonly release: () => void;
}

type Rule = (request: RequestSeen) => Verdict | Promise<Verdict> | undefined;

const serve: Verdict = { kind: 'serve' };

/** What a test does to the requests of an embedded server, and what it has seen of them. */
export class FaultScript implements FaultGate {
  #seen: RequestSeen[] = [];
  #rules: Rule[] = [];

  judge(request: RequestSeen): Verdict | Promise<Verdict> {
    this.#seen.push(request);
    for (const rule of this.#rules) {
      const verdict = rule(request);
      if (verdict !== undefined) return verdict;
    }
    return serve;
  }

  /** How many requests of the operation there were, in one container or to all. */
  count(operation: string, target?: string): number {
    return this.#seen.filter((request) => isOf(request, operation, target)).length;
  }

  /** Forgets what was seen. */
  recount(): void {
    this.#seen = [];
  }

  /** The verdicts for the next requests of the operation, one each. */
  next(operation: string, ...verdicts: readonly Verdict[]): void {
    const left = verdicts.values();
    this.#rules.push((request) => (request.operation === operation ? left.next().value : undefined));
  }

  /** The verdict for all requests of the operation, until the function that it returns is called. */
  always(operation: string, verdict: Verdict, target?: string): () => void {
    return this.#add((request) => (isOf(request, operation, target) ? verdict : undefined));
  }

  /** The same for all but the first so many. */
  allAfter(served: number, operation: string, verdict: Verdict): () => void {
    let seen = 0;
    return this.#add((request) => {
      if (!isOf(request, operation, undefined)) return undefined;
      seen += 1;
      return seen > served ? verdict : undefined;
    });
  }

  /** Keeps the requests of the operation waiting, to one container or to all. */
  hold(operation: string, target?: string): Hold {
    const released = Promise.withResolvers<Verdict>();
    const arrivals: { readonly count: number; readonly settle: () => void }[] = [];
    let waiting = 0;
    let isOver = false;
    this.#rules.unshift((request) => {
      if (isOver || !isOf(request, operation, target)) return undefined;
      waiting += 1;
      for (const { count, settle } of arrivals) if (waiting >= count) settle();
      return released.promise;
    });
    return {
      arrived: (count) =>
        new Promise((settle) => {
          if (waiting >= count) settle();
          else arrivals.push({ count, settle });
        }),
      release: () => {
        isOver = true;
        released.resolve(serve);
      },
    };
  }

  #add(rule: Rule): () => void {
    this.#rules.unshift(rule);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== rule);
    };
  }
}

/** The verdict of a server that is overloaded or gone for the moment. */
export function refuse(status: number, retryAfterMs?: number): Verdict {
  return { kind: 'refuse', status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function isOf(request: RequestSeen, operation: string, target: string | undefined): boolean {
  return request.operation === operation && (target === undefined || request.targets.includes(target));
}
