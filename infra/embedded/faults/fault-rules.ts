import type { FaultGate, RequestSeen, Verdict } from './gate.ts';
import type { FaultRule } from './rule.ts';

/** What became of a rule so far. */
export interface RuleReport {
  /** Requests that it happened to. */
  readonly hits: number;
  /** Requests that wait for it to be released. */
  readonly held: number;
}

interface ActiveRule {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  readonly rule: FaultRule;
  matched: number;
  hits: number;
  readonly waiting: Set<() => void>;
}

/** The rules in force, by id. The first rule that fits a request and is due decides. */
export class FaultRules implements FaultGate {
  readonly #rules = new Map<string, ActiveRule>();
  readonly #killFunctions: (process: string) => Promise<void>;
  #nextId = 1;

  constructor(killFunctions: (process: string) => Promise<void>) {
    this.#killFunctions = killFunctions;
  }

  add(rule: FaultRule): string {
    const id = String(this.#nextId++);
    this.#rules.set(id, { id, addedAt: Date.now(), rule, matched: 0, hits: 0, waiting: new Set() });
    return id;
  }

  report(id: string): RuleReport | undefined {
    const active = this.#rules.get(id);
    return active && { hits: active.hits, held: active.waiting.size };
  }

  /** Lets the requests go that a rule holds; it goes on holding later ones. */
  release(id: string): void {
    const waiting = this.#rules.get(id)?.waiting;
    for (const proceed of waiting ?? []) proceed();
    waiting?.clear();
  }

  clear(id: string): void {
    this.release(id);
    this.#rules.delete(id);
  }

  clearAll(): void {
    for (const id of [...this.#rules.keys()]) this.clear(id);
  }

  concerns(server: RequestSeen['server']): boolean {
    return [...this.#rules.values()].some(({ rule }) => rule.server === server);
  }

  get keepsPast(): boolean {
    return [...this.#rules.values()].some(({ rule }) => rule.action === 'stale');
  }

  async judge(request: RequestSeen): Promise<Verdict> {
    for (const active of this.#rules.values()) {
      if (isFor(active.rule, request) && isDue(active)) return this.#happen(active);
    }
    return { kind: 'serve' };
  }

  async #happen(active: ActiveRule): Promise<Verdict> {
    const { rule } = active;
    active.hits += 1;
    switch (rule.action) {
      case 'hold':
        await new Promise<void>((resolve) => active.waiting.add(resolve));
        return { kind: 'serve' };
      case 'kill-functions':
        // Dead before the server goes on, so that no answer can reach it: the request alone is applied, or is lost too.
        await this.#killFunctions(rule.process);
        return { kind: rule.applied ? 'apply-then-drop' : 'drop' };
      case 'stale': {
        const { byMs = Number.POSITIVE_INFINITY } = rule;
        return { kind: 'stale', reader: active.id, asOf: Math.max(active.addedAt, Date.now() - byMs) };
      }
      case 'refuse': {
        const { status, substatus, retryAfterMs, position } = rule;
        return {
          kind: 'refuse',
          status,
          ...(substatus === undefined ? {} : { substatus }),
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
          ...(position === undefined ? {} : { position }),
        };
      }
      default:
        return { kind: rule.action };
    }
  }
}

function isFor(rule: FaultRule, { server, operation, targets, parts = [], client }: RequestSeen): boolean {
  return (
    rule.server === server &&
    (rule.operation === undefined || rule.operation === operation) &&
    (rule.target === undefined || targets.includes(rule.target)) &&
    (rule.part === undefined || parts.includes(rule.part)) &&
    (rule.client === undefined || client.includes(rule.client))
  );
}

function isDue(active: ActiveRule): boolean {
  const { times, every } = active.rule;
  if (times !== undefined && active.hits >= times) return false;
  active.matched += 1;
  return active.matched % every === 0;
}
