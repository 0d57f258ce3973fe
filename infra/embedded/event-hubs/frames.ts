import type { Delivery, link, Session } from 'rhea';

/** What rhea sends and has received of a session or a link; its types leave it out. */
interface Frame {
  snd_settle_mode?: number;
  rcv_settle_mode?: number;
  handle_max?: number;
  /** Its fields, in their order on the wire. */
  readonly value: unknown[];
  readonly constructor: { readonly descriptor?: { readonly numeric: number } };
}

declare module 'rhea/typings/session.js' {
  interface Session {
    readonly local: { readonly begin: Frame };
    readonly remote: { readonly begin: Frame };
    output(frame: Frame, payload?: Buffer): void;
  }
}

declare module 'rhea/typings/link.js' {
  interface link {
    readonly local: { readonly attach: Frame };
    readonly remote: { readonly attach: Frame };
  }
}

/** The most that there can be, which is also what is meant where nothing is said. */
const anyHandle = 4_294_967_295;

/** How many fields a frame of a session has, by its code (AMQP 1.0, 2.7): begin, attach, flow, transfer, disposition, detach, end. */
const fieldsOf: ReadonlyMap<number | undefined, number> = new Map([
  [0x11, 8],
  [0x12, 14],
  [0x13, 11],
  [0x14, 11],
  [0x15, 6],
  [0x16, 3],
  [0x17, 1],
]);

/**
 * Fields at the end of a frame may be left out where they are null (AMQP 1.0, 1.4). Event Hubs leaves out none, and its SDK for
 * Python reads them by their place, so from now on none are left out in the session either.
 */
export function sendInFull(session: Session): void {
  session.local.begin.handle_max = anyHandle;
  const output = session.output.bind(session);
  session.output = (frame, payload) => {
    const fields = fieldsOf.get(frame.constructor.descriptor?.numeric) ?? 0;
    while (frame.value.length < fields) frame.value.push(null);
    output(frame, payload);
  };
}

/** Answers an attach as Event Hubs does: both ends, and the way of settling that was asked for (AMQP 1.0, 2.6.3 and 2.7.3). */
export function answerAttach(opened: link): void {
  const { source, target, snd_settle_mode, rcv_settle_mode } = opened;
  opened.set_source(source ?? {});
  opened.set_target(target ?? {});
  opened.local.attach.snd_settle_mode = snd_settle_mode;
  opened.local.attach.rcv_settle_mode = rcv_settle_mode;
}

/**
 * Event Hubs settles a message with its answer, also on a link that asks for settling after the sender (AMQP 1.0, 2.8.3); its SDK
 * for Python asks for that, and waits until the message is settled.
 */
export function settleAtOnce(delivery: Delivery): Delivery {
  const update = delivery.update.bind(delivery);
  delivery.update = (_, outcome) => update(true, outcome);
  return delivery;
}
