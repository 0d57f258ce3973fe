import type { HttpHeaders } from '@azure/core-rest-pipeline';
import type { Dispatcher } from 'undici';

type Received = Dispatcher.ResponseData['headers'];

/**
 * The headers of an answer as undici has read them: names in lower case. The SDK asks for all of them again and again; its own
 * collection makes another record of them each time.
 */
export class ReceivedHeaders implements HttpHeaders {
  readonly #values: Record<string, string>;

  constructor(received: Received) {
    this.#values = areSingle(received) ? received : joined(received);
  }

  get(name: string): string | undefined {
    return this.#values[name.toLowerCase()];
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  set(name: string, value: string | number | boolean): void {
    this.#values[name.toLowerCase()] = String(value);
  }

  delete(name: string): void {
    delete this.#values[name.toLowerCase()];
  }

  toJSON(): Record<string, string> {
    return this.#values;
  }

  [Symbol.iterator](): Iterator<[string, string]> {
    return Object.entries(this.#values)[Symbol.iterator]();
  }
}

/** Cosmos DB sends no header twice; what is between may. */
function areSingle(received: Received): received is Record<string, string> {
  for (const name in received) if (typeof received[name] !== 'string') return false;
  return true;
}

function joined(received: Received): Record<string, string> {
  const present = Object.entries(received).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(', ')]],
  );
  return Object.fromEntries(present);
}
