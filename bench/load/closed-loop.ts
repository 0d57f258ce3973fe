import { HttpConnection } from './http-connection.ts';

export interface ClosedLoop {
  readonly url: string;
  readonly clients: number;
  readonly windowMs: number;
  /** One request and its answer; called again and again until the window is over. */
  readonly act: (connection: HttpConnection) => Promise<void>;
}

/** Runs so many clients, each with a connection of its own on which a request follows an answer, until the window is over. */
export async function closedLoop({ url, clients, windowMs, act }: ClosedLoop): Promise<void> {
  const connections = await Promise.all(Array.from({ length: clients }, () => HttpConnection.open(url)));
  try {
    const end = performance.now() + windowMs;
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < end) await act(connection);
      }),
    );
  } finally {
    for (const connection of connections) connection[Symbol.dispose]();
  }
}
