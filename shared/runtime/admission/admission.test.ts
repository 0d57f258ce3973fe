import { describe, expect, it } from 'vitest';
import { HeldRequests } from '../held-requests.ts';
import { Admission, type Ticket } from './admission.ts';
import { OverloadedError } from './overloaded-error.ts';

const start = Date.parse('2026-11-22T10:00:00.000Z');
const longestMs = 200;

/** An admission with a clock of its own. */
function bench(limitMs = longestMs) {
  let now = start;
  let made = 0;
  const held = new HeldRequests();
  const admission = new Admission(limitMs, { now: () => new Date(now) }, held);
  /** What comes of asking to be let in, where that is known at once. */
  const asked = async (tenant = 'main', knownBy?: string) => {
    const answer = admission.enter(tenant, knownBy).catch((error: unknown) => error);
    return Promise.race([answer, new Promise<'waits'>((resolve) => setImmediate(resolve, 'waits'))]);
  };
  const accept = async (tenant = 'main', knownBy?: string) => {
    const ticket = await admission.enter(tenant, knownBy);
    made += 1;
    ticket.accepted(`${made}`);
    return `${made}`;
  };
  return {
    admission,
    held,
    asked,
    accept,
    pass: (ms: number) => {
      now += ms;
    },
    /** The time passes, and the process is there to see it. */
    watch(ms: number) {
      for (const end = now + ms; now < end; ) {
        now += 250;
        admission.waitMs();
      }
    },
    /** Sixty-four decisions a second for five seconds, each of which has waited for half a second. */
    async slow() {
      for (let n = 0; n < 10; n += 1) {
        const keys: string[] = [];
        for (let m = 0; m < 32; m += 1) keys.push(await accept());
        now += 500;
        for (const key of keys) admission.tell(key);
      }
    },
    /** As many as may be undecided at least. */
    async fill(tenant = 'main', many = 32) {
      const keys: string[] = [];
      for (let n = 0; n < many; n += 1) keys.push(await accept(tenant));
      return keys;
    },
  };
}

const refused = expect.any(OverloadedError);
const letIn = { accepted: expect.any(Function), leave: expect.any(Function) };

describe('the admission of what is decided later', () => {
  it('everybody is let in while nothing has been decided: at a start, nothing is known', async () => {
    const { fill, asked } = bench();
    await fill('main', 1_000);
    expect(await asked()).toEqual(letIn);
  });

  it('for some seconds after the first decision 256 are let in besides what had piled up until then', async () => {
    const { fill, asked, admission, pass } = bench();
    const keys = await fill('main', 1_000);
    pass(100);
    for (const key of keys.slice(0, 10)) admission.tell(key);
    await fill('main', 264);
    expect(await asked()).toEqual(letIn);
    expect(await asked()).toBe('waits');
  });

  it('everybody is let in where nothing was decided for two seconds: the bus is away, and the outbox keeps what is owed to it', async () => {
    const { slow, fill, asked, watch } = bench();
    await slow();
    await fill();
    expect(await asked()).toBe('waits');
    watch(2_000);
    expect(await asked()).toEqual(letIn);
  });

  it('a process that got no turn for seconds lets nobody in for that: it has yet to hear of what was decided meanwhile', async () => {
    const { slow, fill, asked, pass, admission } = bench();
    await slow();
    const [first = ''] = await fill();
    pass(4_000);
    expect(await asked()).toBe('waits');
    admission.tell(first);
    pass(4_000);
    expect(await asked()).toBe('waits');
    expect(admission.isDecidedElsewhere).toBe(false);
  });

  it('after a pause 256 are let in besides what had piled up, until decisions have come for some seconds', async () => {
    const { slow, fill, asked, watch, admission } = bench();
    await slow();
    const [first = ''] = await fill();
    watch(2_000);
    await fill('main', 1_000);
    admission.tell(first);
    await fill('main', 255);
    expect(await asked()).toEqual(letIn);
    expect(await asked()).toBe('waits');
  });

  it('what piled up while the bus was away is decided before more is let in, however long it has waited', async () => {
    const { slow, fill, asked, pass, watch, admission } = bench();
    await slow();
    const keys = await fill();
    watch(2_000);
    for (let second = 0; second < 30; second += 1) {
      keys.push(...(await fill('main', 64)));
      pass(1_000);
    }
    for (let n = 0; n < 16; n += 1) {
      for (const key of keys.splice(0, 32)) admission.tell(key);
      pass(500);
    }
    expect(await asked('main')).toBe('waits');
    expect(admission.isDecidedElsewhere).toBe(false);
    expect(admission.waitMs()).toBeGreaterThan(20_000);
    expect(await asked('small')).toEqual(letIn);
  });

  it('right after the bus was away, how long one has to wait goes by how many are decided now, not by how long those had waited', async () => {
    const { fill, pass, admission } = bench();
    const keys = await fill('main', 100);
    pass(60_000);
    for (let n = 0; n < 3; n += 1) {
      for (const key of keys.splice(0, 16)) admission.tell(key);
      pass(500);
    }
    expect(admission.waitMs()).toBeCloseTo(1_625, 0);
  });

  it('nobody is told to wait for longer than a minute, however much is undecided', async () => {
    const { slow, fill, asked, pass, admission } = bench();
    await slow();
    pass(2_000);
    const [first = ''] = await fill('main', 10_000);
    admission.tell(first);
    for (let n = 0; n < 400; n += 1) await asked();
    expect(await asked()).toMatchObject({ retryAfterMs: 60_000 });
  });

  it('where more is undecided than can be decided in time, one waits at the door until there is room, and goes in', async () => {
    const { slow, fill, admission } = bench();
    await slow();
    const [first = ''] = await fill();
    let ticket: Ticket | undefined;
    const waiting = admission.enter('main').then((given) => {
      ticket = given;
    });
    await new Promise(setImmediate);
    expect(ticket).toBeUndefined();
    admission.tell(first);
    await waiting;
    expect(ticket).toEqual(letIn);
  });

  it('where as many wait at the door as may, one is refused at once and told when to come back', async () => {
    const { slow, fill, asked } = bench();
    await slow();
    await fill();
    for (let n = 0; n < 32; n += 1) expect(await asked()).toBe('waits');
    expect(await asked()).toEqual(refused);
    expect(await asked()).toMatchObject({ reason: 'undecided', retryAfterMs: 1_000 });
  });

  it('where others are held for what they have made, fewer wait at the door: some requests of the host are for who is answered at once', async () => {
    const { slow, fill, asked, held } = bench();
    await slow();
    await fill();
    for (let n = 0; n < 70; n += 1) void held.whileWaiting(() => new Promise(() => undefined));
    for (let n = 0; n < 5; n += 1) expect(await asked()).toBe('waits');
    expect(await asked()).toEqual(refused);
  });

  it('who waits at the door and nothing is decided is refused', async () => {
    const { slow, fill, admission } = bench();
    await slow();
    await fill();
    await expect(admission.enter('main')).rejects.toBeInstanceOf(OverloadedError);
  });

  it('a request that makes nothing after all leaves its place to the next', async () => {
    const { slow, fill, admission, asked } = bench();
    await slow();
    await fill('main', 31);
    const ticket = await admission.enter('main');
    const next = admission.enter('main');
    ticket.leave();
    ticket.leave();
    expect(await next).toEqual(letIn);
    expect(await asked()).toBe('waits');
  });

  it('the flood of one tenant refuses that tenant alone', async () => {
    const { slow, fill, asked } = bench();
    await slow();
    await fill('flood');
    for (let n = 0; n < 40; n += 1) await asked('flood');
    expect(await asked('flood')).toEqual(refused);
    for (let n = 0; n < 8; n += 1) expect(await asked('small')).toEqual(letIn);
  });

  it('what was accepted under a key is let in again to be answered as before, without a place of its own', async () => {
    const { slow, fill, accept, asked, admission } = bench();
    await slow();
    await accept('main', 'a key');
    await fill('main', 31);
    expect(await asked('main', 'a key')).toEqual(letIn);
    expect(await asked('main', 'another key')).toBe('waits');
    expect(admission.waitMs()).toBeCloseTo(516, 0);
  });

  it('once there was no backlog for some seconds, a moment with many is no overload again, for as much as is decided in a second', async () => {
    const { slow, fill, asked, pass, admission } = bench();
    await slow();
    for (const key of await fill()) admission.tell(key);
    pass(5_000);
    admission.tell((await fill('main', 1))[0] ?? '');
    await fill('main', 63);
    expect(await asked()).toEqual(letIn);
    expect(await asked()).toBe('waits');
  });

  it('what others overtake takes no place, as dead letters do', async () => {
    const { slow, fill, accept, asked, pass, admission } = bench();
    await slow();
    await fill('main', 31);
    for (let n = 0; n < 6; n += 1) {
      const key = await accept();
      pass(500);
      admission.tell(key);
    }
    await fill('main', 31);
    expect(await asked()).toEqual(letIn);
  });

  it('where other processes decide what is let in here, what is counted here refuses nobody', async () => {
    const { slow, fill, asked, accept, pass, admission } = bench();
    await slow();
    for (let n = 0; n < 60; n += 1) {
      const key = await accept();
      await accept();
      pass(500);
      admission.tell(key);
    }
    expect(admission.isDecidedElsewhere).toBe(true);
    await fill('main', 100);
    expect(await asked()).toEqual(letIn);
  });

  it('a time of zero lets everybody in', async () => {
    const { slow, fill, asked } = bench(0);
    await slow();
    await fill('main', 1_000);
    expect(await asked()).toEqual(letIn);
  });
});
