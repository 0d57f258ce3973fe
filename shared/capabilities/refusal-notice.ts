import type { DomainEvent } from '../events/define-event.ts';

/** Somebody with a good token has asked for what is for admins alone. */
export interface NoticedRefusal {
  /** Of this refusal alone. */
  readonly id: string;
  /** Who asked, as events may name them. */
  readonly actor: string;
  /** What they asked for: the endpoint's name. */
  readonly capability: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export interface RefusalNotice {
  readonly word: 'refusal-notice';
  /** The capability's name. */
  readonly name: string;
  /** Where what is owed is kept until it is sent. */
  readonly boundary: (refusal: NoticedRefusal) => string;
  /** What is told; its subject is of this refusal alone, as `UnitOfWork.tell` wants it. */
  readonly event: (refusal: NoticedRefusal) => DomainEvent;
}

/**
 * A capability that tells an event when somebody is refused a route for admins alone, of whichever service. The event is stored before
 * they are answered, and sent whatever crashes. It is told at most once a minute of each caller and route, and sixty times a minute
 * in all, by each process: so whoever asks without end does not fill the bus.
 *
 * @example
 * export const noticeRefusal = refusalNotice({
 *   name: 'notice-refusal',
 *   boundary: ({ actor }) => `refusals:${actor}`,
 *   event: ({ id, actor: by, ...refusal }) =>
 *     SecurityEvent({ subject: `refusal/${id}`, kind: 'admin-route-refused', by, ...refusal }),
 * });
 */
export function refusalNotice(notice: Omit<RefusalNotice, 'word'>): RefusalNotice {
  return { word: 'refusal-notice', ...notice };
}
