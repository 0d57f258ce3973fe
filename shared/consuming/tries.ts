import { type ErrorClass, errorClassOf, isWorthAnotherTry } from './error-class.ts';
import type { Failure, Task } from './reaction.ts';

/**
 * How often tasks have failed. Counted apart by what they failed of: how long a document was missing says nothing of what
 * the handler does once it is there.
 */
export class Tries {
  readonly #byTask = new Map<Task, Map<ErrorClass, number>>();
  #most = 0;

  /** Of the task that has failed most often. */
  get most(): number {
    return this.#most;
  }

  of(task: Task): number {
    return [...(this.#byTask.get(task)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  }

  count({ task, error }: Failure): void {
    const counts = this.#byTask.get(task) ?? new Map<ErrorClass, number>();
    const errorClass = errorClassOf(error);
    counts.set(errorClass, (counts.get(errorClass) ?? 0) + 1);
    this.#byTask.set(task, counts);
    this.#most = Math.max(this.#most, this.of(task));
  }

  /** Whether another try of what has just failed makes sense. */
  areLeft({ task, error }: Failure): boolean {
    return isWorthAnotherTry(error, this.#byTask.get(task)?.get(errorClassOf(error)) ?? 0);
  }
}
