import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What one message was when the server had it whole, whatever it said then. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly messageId: string | undefined;
  readonly text: string;
  readonly isSecure: boolean;
  readonly user: string | undefined;
}

/** At which step of a mail a server is in the way. */
type Step = 'greeting' | 'sender' | 'recipient' | 'data';

/** How it is. `data` is told, held or cut after the message is there: whoever sent it cannot know whether it was taken. */
type Trouble =
  | { readonly at: Step; readonly code: number; readonly text?: string }
  | { readonly at: Step; readonly kind: 'never-answers' }
  | { readonly at: 'data'; readonly kind: 'cuts-the-connection' };

/** The message, unless its connection ends before it does. */
async function wholeText(stream: Readable): Promise<string | undefined> {
  const message = await buffer(stream).catch(() => undefined);
  return message?.toString('latin1');
}

export interface MailServer {
  readonly port: number;
  /** Every message that the server had whole and did not refuse. */
  readonly taken: readonly TakenMail[];
  /** How many clients have come, and how many of them are still there. */
  readonly clients: { readonly seen: number; readonly open: number };
  /** What the server does from now on; nothing is that all is well. */
  trouble: Trouble | undefined;
  close(): Promise<void>;
}

/** A mail server on the given port, or any that is free: `smtp-server`, which keeps what it takes and is in trouble where a test says so. */
export async function startMailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const current: { trouble: Trouble | undefined } = { trouble: undefined };
  let seen = 0;
  /** Answers as the trouble of this step has it. */
  const answer = (at: Step, done: (error?: Error) => void) => {
    const { trouble } = current;
    if (trouble?.at !== at) return done();
    if (!('code' in trouble)) return;
    done(Object.assign(new Error(trouble.text ?? 'not now'), { responseCode: trouble.code }));
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key === undefined ? ['STARTTLS'] : [],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect: (_, done) => {
      seen += 1;
      answer('greeting', done);
    },
    onMailFrom: (_, __, done) => answer('sender', done),
    onRcptTo: (_, __, done) => answer('recipient', done),
    async onData(stream, { envelope, id, secure, user }, done) {
      const text = await wholeText(stream);
      // Whoever was sending it has gone, a killed process for instance: there is nobody to answer, and no message.
      if (text === undefined) return;
      const { trouble } = current;
      if (trouble?.at !== 'data' || !('code' in trouble))
        taken.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          messageId: /^Message-ID: (.*)\r$/m.exec(text)?.[1],
          text,
          isSecure: secure,
          user: user === undefined ? undefined : String(user),
        });
      if (trouble?.at === 'data' && 'kind' in trouble && trouble.kind === 'cuts-the-connection')
        for (const connection of server.connections) if (connection.id === id) connection.close();
      answer('data', done);
    },
    ...options,
  });
  // What clients do to their connections is theirs.
  server.on('error', () => undefined);
  const listener = server.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    taken,
    get clients() {
      return { seen, open: server.connections.size };
    },
    get trouble() {
      return current.trouble;
    },
    set trouble(trouble) {
      current.trouble = trouble;
    },
    close: () => new Promise((done) => server.close(() => done())),
  };
}
