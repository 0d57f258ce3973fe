import { describe, expect, it } from 'vitest';
import { PartitionBudget } from './partition-budget.ts';

/** A consumer that reads a hundred events a second, looked at twice a second, of a partition that grows as the test says. */
function bench() {
  const budget = new PartitionBudget(200);
  let [now, committed, newest] = [0, 0, 0];
  const look = () =>
    budget.look({ committed: committed === 0 ? undefined : committed, newest, lag: newest - committed }, now);
  look();
  return {
    budget,
    /** As many things of a tenant as may be sent, of so many. */
    send(many: number, tenant = 'main') {
      let sent = 0;
      for (let n = 0; n < many; n += 1) {
        if (!budget.mayTake(tenant, now)) continue;
        budget.take(tenant);
        sent += 1;
      }
      newest += sent;
      return sent;
    },
    /** So many events that were sent come later, or now. */
    comeLater(many: number) {
      newest -= many;
    },
    pass(ms = 500, perSecond = 100) {
      now += ms;
      committed = Math.min(newest, committed + (perSecond * ms) / 1_000);
      look();
    },
    get lag() {
      return newest - committed;
    },
  };
}

describe('the budget of a partition', () => {
  it('everything may be sent while the consumer keeps up', () => {
    const { send, pass } = bench();
    for (let n = 0; n < 20; n += 1) {
      expect(send(45)).toBe(45);
      pass();
    }
  });

  it('at four times of what the consumer reads, it is soon no further behind than it may be, and reads all the while', () => {
    const partition = bench();
    for (let n = 0; n < 20; n += 1) {
      partition.send(200);
      partition.pass();
    }
    for (let n = 0; n < 20; n += 1) {
      expect(partition.send(200)).toBeGreaterThan(20);
      partition.pass();
      expect(partition.lag).toBeLessThanOrEqual(40);
      expect(partition.lag).toBeGreaterThan(0);
    }
  });

  it('a consumer that commits what it has read more rarely than it is looked at is known all the same, and what it is behind stays bounded', () => {
    const partition = bench();
    const flood = () => {
      partition.send(200);
      partition.pass(500, 0);
      const { lag } = partition;
      partition.send(200);
      partition.pass(500, 200);
      return lag;
    };
    for (let n = 0; n < 20; n += 1) flood();
    for (let n = 0; n < 20; n += 1) expect(flood()).toBeLessThanOrEqual(300);
  });

  it('a consumer that was known and stands still for some seconds is known no longer, and everything may be sent', () => {
    const { send, pass } = bench();
    for (let n = 0; n < 20; n += 1) {
      send(200);
      pass();
    }
    for (let n = 0; n < 10; n += 1) pass(500, 0);
    expect(send(200)).toBe(200);
  });

  it('a consumer that had a backlog before it committed for the first time is known all the same', () => {
    const { send, pass } = bench();
    send(200);
    pass(500, 0);
    for (let n = 0; n < 20; n += 1) {
      send(200);
      pass();
    }
    expect(send(200)).toBeLessThan(200);
  });

  it('while the consumer stands still everything may be sent: the bus keeps it', () => {
    const { send, pass } = bench();
    for (let n = 0; n < 20; n += 1) {
      expect(send(200)).toBe(200);
      pass(500, 0);
    }
  });

  it('what comes late of what was sent before is not taken for what comes of the little that is sent now', () => {
    const { send, comeLater, pass } = bench();
    for (let n = 0; n < 20; n += 1) {
      send(200);
      pass();
    }
    const sent = send(200);
    comeLater(sent);
    pass();
    send(1);
    comeLater(-sent);
    pass();
    expect(send(200)).toBeGreaterThan(20);
  });

  it('where the bus has not answered for some seconds everything may be sent', () => {
    const { budget, send, pass } = bench();
    for (let n = 0; n < 20; n += 1) {
      send(200);
      pass();
    }
    expect(budget.mayTake('main', 10_500)).toBe(true);
    while (budget.mayTake('main', 10_000)) budget.take('main');
    expect(budget.mayTake('main', 14_000)).toBe(true);
  });

  it('after a pause nothing is refused for what was there before it', () => {
    const { send, pass } = bench();
    for (let n = 0; n < 20; n += 1) {
      send(200);
      pass();
    }
    pass(60_000);
    expect(send(40)).toBe(40);
  });

  it('the flood of one tenant leaves its share to another', () => {
    const { send, pass } = bench();
    for (let n = 0; n < 20; n += 1) {
      send(200, 'flood');
      pass();
    }
    const flood = send(200, 'flood');
    expect(send(5, 'small')).toBe(5);
    expect(send(1, 'flood')).toBe(0);
    expect(flood).toBeGreaterThan(20);
  });
});
