import { StartupError } from './startup-error.ts';

/** The app's settings: its environment. */
export type Settings = Readonly<Record<string, string | undefined>>;

/**
 * Puts settings in the place of `%NAME%`, as the host does in the properties of a binding
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-expressions-patterns#binding-expressions---app-settings).
 *
 * @throws StartupError naming function, property and the setting that is missing.
 */
export function resolveSettings(
  text: string,
  settings: Settings,
  where: { functionName: string; property: string },
): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = settings[name];
    if (value === undefined) {
      throw new StartupError(
        `Function "${where.functionName}": "${where.property}" needs the setting ${name}, which is not set.`,
      );
    }
    return value;
  });
}
