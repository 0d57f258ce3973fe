import type { Clock } from '../clock.ts';
import { RateLimiter } from './rate-limiter.ts';

/** Whether something that anybody may cause is to be told once more: each thing once a minute, and sixty in all, by one process. */
export type NoticeLimit = (what: string) => boolean;

export function noticeLimit(clock: Pick<Clock, 'now'>): NoticeLimit {
  const ofEach = new RateLimiter({ perSecond: 1 / 60, burst: 1 }, clock);
  const ofAll = new RateLimiter({ perSecond: 1, burst: 60 }, clock);
  return (what) => ofEach.mayTake(what) && ofAll.mayTake('all');
}
