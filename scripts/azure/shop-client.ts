import { firstAnswer } from '../../infra/first-answer.ts';

/** Something on Azure is not as it should be: one line that says what, and what to do. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ShopClient {
  call(method: string, route: string, body?: unknown): Promise<Answer>;
  /** The same as whoever has this token. */
  as(token: string): ShopClient;
}

/** Calls the API at `url`; whatever it answers is an answer. */
export function shopClient(url: string, token?: string): ShopClient {
  return {
    as: (other) => shopClient(url, other),
    async call(method, route, body) {
      const response = await fetch(new URL(route, url), {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(60_000),
      });
      const text = await response.text();
      return { status: response.status, body: bodyIn(text) };
    },
  };
}

/** What is no object of JSON came from something before the app; it is shown as it is. */
function bodyIn(text: string): Answer['body'] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch {
    // As it is, below.
  }
  return text === '' ? {} : { text: text.slice(0, 500) };
}

/** @throws DeploymentError where it was answered otherwise than with one of these. */
export function expecting(what: string, { status, body }: Answer, ...statuses: readonly number[]): Answer['body'] {
  if (statuses.includes(status)) return body;
  throw new DeploymentError(`${what}: ${status} ${JSON.stringify(body)}`);
}

/**
 * Asks again until the answer is there. A connection that fails counts as none yet, since an app that starts, or was just
 * deployed, drops some.
 *
 * @throws DeploymentError with the last thing that was heard, when it takes longer than `limitMs`.
 */
export async function until<T>(what: string, limitMs: number, ask: () => Promise<T | undefined>): Promise<T> {
  let heard: unknown;
  const attempt = async () => {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof DeploymentError) throw error;
      heard = error;
      return undefined;
    }
  };
  const answer = await firstAnswer(attempt, { limitMs, pauseMs: 500 });
  if (answer !== undefined) return answer;
  const last = heard instanceof Error ? ` (${heard.message})` : '';
  throw new DeploymentError(`After ${limitMs / 1_000} s there is still no ${what}${last}.`);
}
