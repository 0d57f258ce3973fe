import type { link, Session } from 'rhea';

/** What rhea is about to send, and has received; its types leave it out. */
interface Frame {
  properties?: object;
  snd_settle_mode?: number;
  rcv_settle_mode?: number;
  /** Its fields, in their order on the wire. */
  readonly value: readonly unknown[];
}

declare module 'rhea/typings/session.js' {
  interface Session {
    readonly local: { readonly begin: Frame };
    readonly remote: { readonly begin: Frame };
  }
}

declare module 'rhea/typings/link.js' {
  interface link {
    readonly local: { readonly attach: Frame };
    readonly remote: { readonly attach: Frame };
  }
}

/**
 * Fields at the end of a frame may be left out where they are null (AMQP 1.0, 1.4); Event Hubs leaves out none, and its SDK for
 * Python reads them by their place. The last field of each frame are its properties, so to have them is to have all.
 */
export function beginInFull({ local }: Session): void {
  local.begin.properties = {};
}

/** Answers an attach as Event Hubs does: both ends, and the way of settling that was asked for (AMQP 1.0, 2.6.3 and 2.7.3). */
export function answerInFull(opened: link): void {
  const { local, source, target, snd_settle_mode, rcv_settle_mode } = opened;
  opened.set_source(source ?? {});
  opened.set_target(target ?? {});
  local.attach.snd_settle_mode = snd_settle_mode;
  local.attach.rcv_settle_mode = rcv_settle_mode;
  local.attach.properties = {};
}
