import { describe, expect, it } from 'vitest';
import { eventually } from '../fixtures/eventually.ts';
import { startHost } from '../fixtures/start-host.ts';

const everySecond = { SCHEDULE: '* * * * * *' };

describe('a timer', () => {
  it('a timer runs again after a failure, which is logged', async () => {
    const { messages, output } = await startHost('timer', { ...everySecond, FAIL: 'true' });
    await eventually(() => expect(messages).toContainEqual({ type: 'ended', run: 2 }));
    expect(output()).toMatch(/^error +tick: Error: no time/m);
  });

  it('a timer is given its status if a minute or more lies between two runs', async () => {
    const { messages } = await startHost('timer', { SCHEDULE: '0 0 3 1 1 *', RUN_ON_STARTUP: 'true' });
    const timer = {
      schedule: { adjustForDST: true },
      scheduleStatus: { next: expect.stringMatching(/^\d{4}-01-01T03:00:00\+00:00$/) },
      isPastDue: false,
    };
    await eventually(() => expect(messages).toContainEqual(expect.objectContaining({ type: 'began', run: 1 })));
    expect(messages.find(({ type }) => type === 'began')).toMatchObject({ timer });
  });

  it('a timer is given no status if its runs follow each other faster', async () => {
    const { messages } = await startHost('timer', { SCHEDULE: '00:00:30', RUN_ON_STARTUP: 'true' });
    const timer = { schedule: { adjustForDST: true }, scheduleStatus: null, isPastDue: false };
    await eventually(() => expect(messages).toContainEqual({ type: 'began', run: 1, timer }));
  });

  it('a timer never runs twice at once, and a stop waits for its current run', async () => {
    const host = await startHost('timer', { ...everySecond, RUN_ON_STARTUP: 'true', HOLD: 'true' });
    const clock = await startHost('timer', everySecond);
    await eventually(() => expect(clock.messages).toContainEqual({ type: 'ended', run: 2 }));
    expect(host.messages.filter(({ type }) => type === 'began')).toHaveLength(1);
    const ended = host.stop();
    host.child.send('release');
    expect(await ended).toBe(0);
    expect(host.messages).toContainEqual({ type: 'ended', run: 1 });
  });
});
