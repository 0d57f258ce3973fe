import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { controlClient } from '../rigs/stack/control-client.ts';
import { sharedStack } from './open-shop.ts';

const { control = '', controlToken = '' } = inject('stack');
/** An instance of its own on the shared stack, which holds callers to a rate that no test can wait for. */
const guarded = controlClient(control, controlToken).functions('guarded');
const burst = 20;
let url: string;

beforeAll(async () => {
  url = await guarded.start({
    ENABLED_SERVICES: 'operations',
    METRICS: 'token',
    RATE_LIMIT: '1',
    RATE_LIMIT_BURST: String(burst),
    TRUSTED_PROXIES: '1',
  });
});
afterAll(() => guarded.stop());

it('metrics are for operators, on whichever machine, where a token is asked for', async () => {
  const statusFor = async (token?: string) => (await new ApiClient(url, token).get('/metrics')).status;
  expect(await statusFor()).toBe(401);
  expect(await statusFor(await sharedStack().token('sales'))).toBe(403);
  expect(await statusFor(await sharedStack().token('operator'))).toBe(200);
});

it('strangers cannot choose the address that they are counted by, and a known caller goes on from the same one', async () => {
  const known = new ApiClient(url, await sharedStack().token('operator'));
  const ofKnown = { headers: { 'x-forwarded-for': '2001:db8::7' } };
  expect((await known.get('/api/v1/dead-letters', ofKnown)).status).toBe(200);
  const forged = async (n: number) => {
    const address = `9.9.9.${n}`;
    const headers = { 'x-forwarded-for': `${address}, [2001:db8::${n}]:50512`, 'x-peer-address': address };
    return (await new ApiClient(url, `forged-${n}`).get('/api/v1/dead-letters', { headers })).status;
  };
  const statuses = await Promise.all(Array.from({ length: 3 * burst }, (_, n) => forged(n)));
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(burst);
  expect((await known.get('/api/v1/dead-letters', ofKnown)).status).toBe(200);
});
