import { described } from './cannot-start-error.ts';
import { readCommandLine } from './command-line.ts';
import { packaged } from './programs/packaged.ts';
import { startStack } from './stack.ts';
import { readStackSettings } from './stack-settings.ts';
import { StopOrder } from './stop-order.ts';
import { stopRequests } from './stop-requests.ts';
import { welcome } from './welcome.ts';

// Whatever the stack and its processes write is for who started them alone.
process.umask(0o077);

const say = (text: string) => process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
const { stop, hasten } = stopRequests();
const stopOrder = new StopOrder(say);
const stopRequested = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
let exitCode = 0;

try {
  const commandLine = readCommandLine(process.argv.slice(2));
  const environment = commandLine.package ? { ...process.env, APP_DIR: await packaged(stop, say) } : process.env;
  const settings = readStackSettings(environment);
  const broken = Promise.withResolvers<never>();
  const started = startStack({ settings, environment, stop, stopOrder, say, onBroken: broken.reject });
  const running = await Promise.race([started, stopRequested, broken.promise]);
  if (running !== undefined) {
    const { stack, hasDemo, completeDemo } = running;
    process.stdout.write(`ready ${stack.url}\n${welcome(stack, hasDemo)}`);
    void completeDemo();
    await Promise.race([stopRequested, broken.promise]);
  }
} catch (error) {
  // A start that was interrupted fails in its own ways; only what nobody asked for is worth a word.
  if (!stop.aborted) {
    say(described(error));
    exitCode = 1;
  }
}
await stopOrder.run(hasten);
process.exit(exitCode);
