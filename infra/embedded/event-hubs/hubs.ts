import type { FaultGate, Verdict } from '../faults/gate.ts';
import type { IdentityTokens } from '../identity/identity-tokens.ts';
import type { PartitionLog } from '../kafka/log/partition-log.ts';
import type { Topic, TopicStore } from '../kafka/log/topic-store.ts';
import type { AccessPolicy } from './access-token.ts';
import { AmqpError } from './amqp-error.ts';
import { Readers } from './readers.ts';

/** What a client can ask of the endpoint, as fault rules name it. */
export type Operation = 'PutToken' | 'ReadProperties' | 'Send' | 'Receive';

export interface HubsSetup {
  /** The hubs: Event Hubs offers the same logs to Kafka's clients. */
  readonly topics: TopicStore;
  readonly policy: AccessPolicy;
  /** Whose tokens are accepted; without it only shared access signatures are. */
  readonly identities?: IdentityTokens | undefined;
  readonly faults?: FaultGate | undefined;
}

/** The hubs of a namespace, as the links of all its clients see them. */
export class Hubs {
  readonly policy: AccessPolicy;
  readonly identities: IdentityTokens | undefined;
  readonly readers = new Readers();
  readonly #topics: TopicStore;
  readonly #faults: FaultGate | undefined;

  constructor({ topics, policy, identities, faults }: HubsSetup) {
    this.#topics = topics;
    this.policy = policy;
    this.identities = identities;
    this.#faults = faults;
  }

  /** @throws AmqpError */
  hub(name: string): Topic {
    const hub = this.#topics.get(name);
    if (hub === undefined) {
      const description = `The messaging entity '${name}' could not be found.`;
      throw new AmqpError('notFound', description);
    }
    return hub;
  }

  /** @throws AmqpError */
  partition(name: string, number: number): PartitionLog {
    const partition = this.hub(name).partitions[number];
    if (partition === undefined) {
      const range = `between 0 and ${this.hub(name).partitions.length - 1}`;
      throw new AmqpError('argument', `The specified partition ${number} is invalid for an EventHub: ${range}.`);
    }
    return partition;
  }

  /** What is to become of a request, where tests make faults: they name this server `kafka`, since it serves the same logs. */
  async judge(operation: Operation, hub: string, client: string): Promise<Verdict> {
    if (this.#faults === undefined) return { kind: 'serve' };
    return await this.#faults.judge({ server: 'kafka', operation, targets: [hub], client });
  }
}
