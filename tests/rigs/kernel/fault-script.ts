import type { FaultGate, RequestSeen, Verdict } from '../../../infra/embedded/faults/gate.ts';

/** Requests that the server keeps waiting until the test lets them go. */
export interface Hold {
  /** Settles when `count` requests wait. */
  readonly arrived: (count: number) => Promise<void>;
  readonly release: () => void;
}

type Rule = (request: RequestSeen) => Verdict | Promise<Verdict> | undefined;

/** Faults that a test wants to happen. */
interface Planned {
  readonly what: string;
  left: number;
}

const serve: Verdict = { kind: 'serve' };

/** What a test does to the requests of an embedded server, and what it has seen of them. */
export class FaultScript implements FaultGate {
  #seen: RequestSeen[] = [];
  #rules: Rule[] = [];
  readonly #planned: Planned[] = [];

  /** What was planned and has not happened. A test whose fault never comes says nothing, so the bench fails it. */
  get missed(): readonly string[] {
    return this.#planned.filter(({ left }) => left > 0).map(({ what, left }) => `${left} of ${what}`);
  }

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
    const planned = this.#plan(`the next ${operation}`, verdicts.length);
    this.#rules.push((request) => {
      if (!isOf(request, operation, undefined)) return undefined;
      planned.left -= 1;
      return left.next().value;
    });
  }

  /** The verdict for all requests of the operation (or of any, without one), until the function that it returns is called. */
  always(operation: string | undefined, verdict: Verdict, target?: string): () => void {
    const planned = this.#plan(operation ?? 'any request', 1);
    return this.#add((request) => {
      if (!isOf(request, operation, target)) return undefined;
      planned.left = 0;
      return verdict;
    });
  }

  /** The verdicts for the requests of the operation, one after the other and again from the first. */
  inTurn(operation: string, ...verdicts: readonly Verdict[]): void {
    const planned = this.#plan(operation, verdicts.length);
    let seen = 0;
    this.#add((request) => {
      if (!isOf(request, operation, undefined)) return undefined;
      planned.left -= 1;
      seen += 1;
      return verdicts[(seen - 1) % verdicts.length];
    });
  }

  /**
   * The verdict for all requests of the operation but the first so many. For tests that try one moment after the other: the function that
   * it returns ends it, and tells whether there were more than so many.
   */
  allAfter(served: number, operation: string, verdict: Verdict): () => boolean {
    let seen = 0;
    const mend = this.#add((request) => {
      if (!isOf(request, operation, undefined)) return undefined;
      seen += 1;
      return seen > served ? verdict : undefined;
    });
    return () => {
      mend();
      return seen > served;
    };
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

  #plan(what: string, left: number): Planned {
    const planned = { what, left };
    this.#planned.push(planned);
    return planned;
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

/** What is written goes as a batch of its own or, if it is a single document, with others in a bulk request: `Commit` means both. */
function isCommit({ operation, parts = [] }: RequestSeen, wanted: string): boolean {
  const isWriting = parts.some((part) => part === 'Create' || part === 'Replace');
  return wanted === 'Commit' && (operation === 'Batch' || operation === 'Bulk') && isWriting;
}

function isOf(request: RequestSeen, operation: string | undefined, target: string | undefined): boolean {
  const isOfOperation = operation === undefined || request.operation === operation || isCommit(request, operation);
  return isOfOperation && (target === undefined || request.targets.includes(target));
}
