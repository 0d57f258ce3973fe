import type { Connection, link, Sender } from 'rhea';
import { type Claim, checked, pathOf } from './access-token.ts';
import { AmqpError } from './amqp-error.ts';

/** The longest time that Node's timers take; a claim that lives longer is looked at again then. */
const longestTimerMs = 2 ** 31 - 1;

interface GuardedLink {
  readonly link: link;
  readonly path: string;
}

/** One connection: what it may use, and where it wants its answers. */
export class Client {
  readonly name: string;
  readonly #connection: Connection;
  readonly #claims = new Map<string, Claim>();
  readonly #answerLinks = new Set<Sender>();
  readonly #guarded = new Set<GuardedLink>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.name = String(connection.properties?.['user-agent'] ?? '');
  }

  /** From now on the client may use what the claim is for, until it is over. */
  allow(claim: Claim): void {
    this.#claims.set(claim.path, claim);
    const remaining = Math.min(claim.expiresAt - Date.now(), longestTimerMs);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#detachUnauthorized();
    }, remaining).unref();
    this.#timers.add(timer);
  }

  /** Lets the link live for as long as a claim for its path does. @throws AmqpError when there is none. */
  guard(link: link, path: string): void {
    this.#require(path);
    const guarded = { link, path };
    this.#guarded.add(guarded);
    link.once(link.is_receiver() ? 'receiver_close' : 'sender_close', () => this.#guarded.delete(guarded));
  }

  answerTo(link: Sender): void {
    this.#answerLinks.add(link);
  }

  /** The link that the client opened for answers, by its name or target, or the latest from a node. */
  answerLink(replyTo: string): Sender | undefined {
    const open = [...this.#answerLinks].filter((link) => link.is_open());
    return (
      open.find(({ name, target }) => [name, target?.address].includes(replyTo)) ??
      open.findLast(({ source }) => pathOf(source?.address ?? '') === replyTo)
    );
  }

  /** Closes the connection as a network that fails does. */
  drop(): void {
    this.#connection.socket?.destroy();
  }

  /** Nobody is there any more. */
  forget(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#guarded.clear();
  }

  #require(path: string): void {
    const claims = [...this.#claims.values()].filter((claim) => isWithin(path, claim.path));
    const latest = claims.toSorted((a, b) => b.expiresAt - a.expiresAt)[0];
    if (latest === undefined) {
      const description = `Unauthorized access. 'Send' or 'Listen' claim(s) are required to perform this operation: ${path}.`;
      throw new AmqpError('unauthorized', description);
    }
    checked(latest, Date.now());
  }

  #detachUnauthorized(): void {
    for (const guarded of this.#guarded) {
      try {
        this.#require(guarded.path);
      } catch (error) {
        if (!(error instanceof AmqpError)) throw error;
        this.#guarded.delete(guarded);
        guarded.link.close({ condition: error.condition, description: error.message });
      }
    }
  }
}

function isWithin(path: string, claimed: string): boolean {
  return `${path}/`.toLowerCase().startsWith(`${claimed}/`.toLowerCase());
}
