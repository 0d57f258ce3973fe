import { HttpResponse } from '@azure/functions';
import type { OutgoingResponse } from '../http/incoming.ts';

/**
 * An answer as bytes that are there already. The programming model would make a stream of them and read it to its end, for each answer,
 * to have the same bytes. It asks an answer for them by `arrayBuffer`, as long as the app does not set `enableHttpStream`.
 */
export class WrittenResponse extends HttpResponse {
  override readonly arrayBuffer: () => Promise<ArrayBuffer>;

  constructor({ status, headers, body = '' }: OutgoingResponse) {
    super({ status, headers: { ...headers } });
    this.arrayBuffer = async () => bytesOf(body);
  }
}

const encoder = new TextEncoder();

function bytesOf(body: string | Uint8Array): ArrayBuffer {
  return typeof body === 'string' ? encoder.encode(body).buffer : Uint8Array.from(body).buffer;
}
