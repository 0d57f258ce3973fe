import { setTimeout } from 'node:timers/promises';
import {
  EventHubConsumerClient,
  type PartitionContext,
  type ReceivedEventData,
  type Subscription,
} from '@azure/event-hubs';
import { BlobCheckpointStore } from '@azure/eventhubs-checkpointstore-blob';
import { ContainerClient } from '@azure/storage-blob';
import type { AppFunction } from '../app/function-app.ts';
import { attempt, pause } from '../attempts.ts';
import type { EventHubsOptions } from '../host-json.ts';
import type { HostLog } from '../log.ts';
import { messageOf } from '../startup-error.ts';
import { eventHubInput } from './event-hub-events.ts';
import type { EventHubsTrigger } from './event-hubs-trigger.ts';

export interface EventHubsListenerOptions {
  readonly trigger: EventHubsTrigger;
  readonly target: AppFunction;
  readonly eventHubs: EventHubsOptions;
  readonly log: HostLog;
}

/** A function's event processor. */
export interface EventHubsListener {
  /** Resolves when the hub has answered for the first time; its partitions may be others' to read. */
  readonly joined: Promise<void>;
  /** Begins no more runs, waits for those under way, notes how far they came and gives its partitions back. */
  stop(): Promise<void>;
}

/** The extension's own (EventHubOptions.LeaseContainerName). */
const checkpointContainer = 'azure-webjobs-eventhub';
const retryDelayMs = 500;
/** The SDK notices only after such a wait that the connection under a receiver is gone. */
const longestWaitSeconds = 2;
/** The SDK waits a minute to close a connection to a namespace that is away; what it owned there is free after a while. */
const closeTimeoutMs = 3_000;

/**
 * Runs a function for the messages of a hub as the extension does (EventHubListener.PartitionProcessor.cs): partitions side
 * by side, of each a batch after the other. A batch is checkpointed when its function has succeeded or its retries are over,
 * and is not while the host stops or the partition has gone to another processor. A namespace that is away is waited for.
 */
export function startEventHubsListener(options: EventHubsListenerOptions): EventHubsListener {
  const { trigger, target, eventHubs, log } = options;
  const stop = new AbortController();
  const joined = Promise.withResolvers<void>();
  const losses = new Map<string, AbortController>();
  const running = new Set<Promise<void>>();
  let reachable = true;

  const say = (level: 'information' | 'warning', message: string) =>
    log({ level, category: 'host', functionName: trigger.functionName, message });

  function reached(): void {
    joined.resolve();
    if (!reachable) say('information', `consumes ${trigger.hub} again`);
    reachable = true;
  }

  function lost(error: unknown): void {
    if (reachable && !stop.signal.aborted)
      say('warning', `cannot consume ${trigger.hub}, trying again: ${messageOf(error)}`);
    reachable = false;
  }

  async function run(events: readonly ReceivedEventData[], context: PartitionContext): Promise<void> {
    const last = events.at(-1);
    const loss = losses.get(context.partitionId);
    if (last === undefined || loss === undefined || stop.signal.aborted) return;
    const giveUp = AbortSignal.any([stop.signal, loss.signal]);
    const outcome = await attempt(() => target.invoke(eventHubInput(trigger, context, events)), trigger.policy, giveUp);
    if (outcome === 'skipped') {
      const where = `${trigger.hub}/${context.partitionId} up to ${last.sequenceNumber}`;
      log({
        level: 'error',
        category: 'host',
        functionName: trigger.functionName,
        message: `failed and is skipped: ${where}`,
      });
    }
    const isMine = !loss.signal.aborted && (outcome === 'done' || !stop.signal.aborted);
    if (outcome !== 'left' && isMine) await context.updateCheckpoint(last);
  }

  function subscribe(consumer: EventHubConsumerClient): Subscription {
    return consumer.subscribe(
      {
        async processInitialize({ partitionId }) {
          losses.set(partitionId, new AbortController());
        },
        async processClose(reason, { partitionId }) {
          if (reason === 'OwnershipLost') losses.get(partitionId)?.abort();
        },
        async processEvents(events, context) {
          reached();
          const work = run(events, context);
          running.add(work);
          await work.finally(() => running.delete(work));
        },
        async processError(error) {
          lost(error);
        },
      },
      {
        startPosition: { offset: '-1' },
        maxBatchSize: eventHubs.maxEventBatchSize,
        maxWaitTimeInSeconds: longestWaitSeconds,
        prefetchCount: eventHubs.prefetchCount,
        skipParsingBodyAsJson: true,
      },
    );
  }

  async function consume(): Promise<void> {
    const retryOptions = { maxTries: 1 };
    const container = new ContainerClient(trigger.storageConnectionString, checkpointContainer, { retryOptions });
    const consumer = consumerOf(options, new BlobCheckpointStore(container));
    await untilDone(() => container.createIfNotExists()); // it is the host's to make
    // Asked before the processor begins: two who ask at once, while the namespace is away, hang in the SDK.
    if (await untilDone(() => consumer.getPartitionIds())) reached();
    if (stop.signal.aborted) return;
    const subscription = subscribe(consumer);
    if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
    await Promise.allSettled(running);
    const closed = subscription.close().then(() => consumer.close());
    await Promise.allSettled([Promise.race([closed, setTimeout(closeTimeoutMs, undefined, { ref: false })])]);
  }

  /** Tries until it succeeds; false when the host stops before. */
  async function untilDone(act: () => Promise<unknown>): Promise<boolean> {
    while (!stop.signal.aborted) {
      try {
        await act();
        return true;
      } catch (error) {
        lost(error);
        await pause(retryDelayMs, stop.signal);
      }
    }
    return false;
  }

  const consumed = consume();
  return {
    joined: joined.promise,
    stop() {
      stop.abort();
      return consumed;
    },
  };
}

function consumerOf(
  { trigger, eventHubs }: EventHubsListenerOptions,
  store: BlobCheckpointStore,
): EventHubConsumerClient {
  const { consumerGroup, connectionString, hub } = trigger;
  return new EventHubConsumerClient(consumerGroup, connectionString, hub, store, {
    loadBalancingOptions: {
      strategy: 'greedy',
      updateIntervalInMs: eventHubs.loadBalancingUpdateInterval,
      partitionOwnershipExpirationIntervalInMs: eventHubs.partitionOwnershipExpirationInterval,
    },
    retryOptions: { maxRetries: 1, retryDelayInMs: 100, timeoutInMs: 10_000 },
  });
}
