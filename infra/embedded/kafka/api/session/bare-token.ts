import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';
import type { Call, Ending } from '../api.ts';
import { saslAuthenticate } from './sasl-authenticate.ts';

/**
 * Takes a token that no request is wrapped around (KIP-43): what SaslAuthenticate does with it is done, but there is no form for an
 * error. So a wrong one closes the connection, and a right one is answered by the mechanism's last word, which is empty for all
 * that are here.
 */
export async function serveBareToken(token: Buffer, call: Omit<Call, 'clientId' | 'version'>): Promise<Ending> {
  const request = new Reader(Buffer.concat(new Writer().bytes(token).frame().slice(1)));
  const ending = await saslAuthenticate.handle(request, new Writer(), { ...call, clientId: '', version: 0 });
  return ending === 'answer' ? 'answer' : 'close';
}
