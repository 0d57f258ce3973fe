import path from 'node:path';
import { issueToken } from '../../shared/security/issue-token.ts';
import { readSigningKeys } from '../../shared/security/signing-keys.ts';
import { TenantsSetting, tenantOfNobody } from '../../shared/settings/tenants.ts';
import { FaultRules } from '../embedded/faults/fault-rules.ts';
import { appEnvironment, withLocalDefaults } from './app-environment.ts';
import { described } from './cannot-start-error.ts';
import { startControlServer } from './control/control-server.ts';
import { storedCredentials } from './credentials.ts';
import { openDataDir } from './data-dir/open.ts';
import { makeDemoProducts } from './demo/demo-products.ts';
import { makeTradingWeek } from './demo/trading-week.ts';
import { freshFunctionsLog } from './functions-log.ts';
import { FunctionsProcesses } from './functions-process/functions-processes.ts';
import { requireFreePort } from './port/require-free.ts';
import { provision } from './programs/provisioning.ts';
import { startEmbeddedServers } from './servers/embedded-servers.ts';
import { storedSigningKeys } from './signing-keys-file.ts';
import { removeStackFile, type StackFile, writeStackFile } from './stack-file.ts';
import type { StackSettings } from './stack-settings.ts';
import type { StopOrder } from './stop-order.ts';

/** How long the app may take to finish what is under way when it is stopped. */
const drainLimitMs = 30_000;

export interface StackContext {
  readonly settings: StackSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the start is no longer wanted. */
  readonly stop: AbortSignal;
  /** Every part that starts is added, so that all is stopped in the opposite order, however far the start came. */
  readonly stopOrder: StopOrder;
  /** Says something that went wrong to the person at the terminal. */
  readonly say: (line: string) => void;
  /** Called when a part ends that the others cannot do without. */
  readonly onBroken: (error: unknown) => void;
}

export interface RunningStack {
  readonly stack: StackFile;
  readonly hasDemo: boolean;
  /** Makes what nobody has to wait for: the week of the demo's shop. What goes wrong is said. */
  readonly completeDemo: () => Promise<void>;
}

/**
 * Starts everything, in the order in which the parts need each other.
 *
 * @throws CannotStartError with one line that says what hinders it.
 */
export async function startStack(context: StackContext): Promise<RunningStack> {
  const { settings, stopOrder, say, onBroken } = context;
  const dataDir = settings.DATA_DIR;
  const lock = openDataDir(dataDir);
  await stopOrder.add('The lock of the data folder', () => lock.release());
  await requireFreePort(settings.PORT);

  const processes = new FunctionsProcesses(stopOrder);
  const rules = settings.CONTROL ? new FaultRules(async (name) => (await processes.get(name)).crash()) : undefined;
  const credentials = storedCredentials(dataDir);
  const { servers, addresses } = await startEmbeddedServers({
    settings,
    credentials,
    stopOrder,
    onBroken,
    ...(rules === undefined ? {} : { rules }),
  });

  const base = withLocalDefaults(context.environment);
  const tokens = {
    keysFile: await storedSigningKeys(dataDir),
    issuer: base.TOKEN_ISSUER,
    audience: base.TOKEN_AUDIENCE,
  };
  const mails = base.MAIL_PROVIDER === 'file' ? { mailFolder: base.MAIL_FOLDER ?? path.join(dataDir, 'mail') } : {};
  const texts = base.SMS_PROVIDER === 'file' ? { smsFolder: base.SMS_FOLDER ?? path.join(dataDir, 'sms') } : {};
  const parts = { ...addresses, tokens, ...mails, ...texts, functionsLog: freshFunctionsLog(dataDir) };
  const environment = appEnvironment(base, parts, settings.PORT);
  await provision(settings.APP_DIR, environment, context.stop);

  const appDir = settings.APP_DIR;
  processes.use({ appDir, environment, logFile: parts.functionsLog, showError: say, say, drainLimitMs });
  const url = await (await processes.get('main')).start();

  const control = rules && (await startControlServer({ rules, servers, functions: (name) => processes.get(name) }));
  if (control !== undefined) await stopOrder.add('The control endpoint', () => control.close());
  const controlled = control === undefined ? {} : { control: control.url, controlToken: control.token };
  const stack = { pid: process.pid, url, ...parts, ...controlled };
  writeStackFile(dataDir, stack);
  await stopOrder.add('The note of what runs', () => removeStackFile(dataDir));

  const keys = readSigningKeys(tokens.keysFile);
  const tenant = tenantOfNobody(TenantsSetting.parse(base.TENANTS));
  const admin = { sub: 'admin', tenant, roles: ['admin'], expiresIn: '12h' } as const;
  const adminToken = await issueToken({ ...tokens, keys, ...admin });
  const hasDemo = settings.DEMO && (await makeDemoProducts(url, adminToken));
  const completeDemo = async () => {
    if (!hasDemo) return;
    await makeTradingWeek(url, adminToken, context.stop).catch((error: unknown) => {
      if (!context.stop.aborted) say(`The week of the demo's shop is not complete: ${described(error)}`);
    });
  };
  return { stack, hasDemo, completeDemo };
}
