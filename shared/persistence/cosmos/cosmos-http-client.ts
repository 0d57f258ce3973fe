import {
  createHttpHeaders,
  type HttpClient,
  type HttpHeaders,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';
import { Agent, type Dispatcher, errors } from 'undici';
import { ReceivedHeaders } from './received-headers.ts';

/**
 * Sends the SDK's requests by undici, for about half of what the SDK's own client costs: a commit is a request, so that
 * is felt. What fails keeps the names and codes by which the SDK tells a time-out and what it may try again.
 */
export function cosmosHttpClient(): HttpClient {
  // How long an answer may take is the SDK's to say: it aborts.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  return {
    async sendRequest(request) {
      const exchange = new Exchange(request);
      agent.dispatch(optionsOf(request), exchange);
      try {
        return await exchange.answer;
      } catch (error) {
        throw asRestError(error, request);
      }
    },
  };
}

/** A request and its answer, gathered without the stream that undici's own `request` makes of each. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: PipelineRequest;
  readonly #answer = Promise.withResolvers<PipelineResponse>();
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: HttpHeaders | undefined;

  constructor(request: PipelineRequest) {
    this.#request = request;
    request.abortSignal?.addEventListener('abort', () => this.#abort());
  }

  get answer(): Promise<PipelineResponse> {
    return this.#answer.promise;
  }

  /** One that still waits for its connection is not sent. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#request.abortSignal?.aborted) this.#abort();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Dispatcher.ResponseData['headers']): void {
    this.#status = status;
    this.#headers = new ReceivedHeaders(headers);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const bodyAsText = Buffer.concat(this.#chunks).toString();
    const headers = this.#headers ?? createHttpHeaders();
    this.#answer.resolve({ request: this.#request, status: this.#status, headers, bodyAsText });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#answer.reject(error);
  }

  #abort(): void {
    const aborted = new DOMException('the request was aborted', 'AbortError');
    this.#controller?.abort(aborted);
    this.#answer.reject(aborted);
  }
}

function optionsOf({ url, method, headers, body = null }: PipelineRequest): Dispatcher.DispatchOptions {
  if (body !== null && typeof body !== 'string') throw new TypeError('a request to Cosmos DB has a body of text');
  const { origin, pathname, search } = new URL(url);
  return { origin, path: `${pathname}${search}`, method, headers, body };
}

/** A connection that breaks has a code of undici's own; the SDK knows the one of the operating system. */
function asRestError(error: unknown, request: PipelineRequest): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError') return error;
  const code = error instanceof errors.SocketError ? 'ECONNRESET' : 'code' in error ? String(error.code) : undefined;
  const told = new RestError(error.message, { code: code ?? RestError.REQUEST_SEND_ERROR, request });
  told.cause = error;
  return told;
}
