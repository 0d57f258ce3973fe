import { startTokenEndpoint } from './token-endpoint.ts';

export interface BusProfile extends AsyncDisposable {
  /** How the stack is told to start its broker, and the app to reach it. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Short, so that connections are cut while the tests run; on Azure a token lasts for an hour or a day. */
const tokenSeconds = 15;
/** On Azure it is four minutes (learn.microsoft.com/azure/event-hubs/apache-kafka-configurations). */
const idleSeconds = 10;

/** The embedded broker as Event Hubs is: its limits, connections closed when idle, and tokens that run out. */
export async function startEventHubsProfile(): Promise<BusProfile> {
  const endpoint = await startTokenEndpoint(tokenSeconds);
  return {
    settings: {
      KAFKA_PROFILE: 'event-hubs',
      KAFKA_IDENTITY_SECRET: endpoint.secret,
      KAFKA_IDLE_SECONDS: String(idleSeconds),
      ...endpoint.settings,
    },
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  };
}
