import { execFile } from 'node:child_process';

/** Runs `az` with these arguments. @throws AzureCliError with what it says. */
export type AzureCli = (...args: readonly string[]) => Promise<string>;

export class AzureCliError extends Error {
  override readonly name = 'AzureCliError';
  readonly isNotFound: boolean;

  constructor(message: string) {
    super(message);
    this.isNotFound = /\b404\b|Not ?Found\b/i.test(message);
  }
}

export const azureCli: AzureCli = (...args) =>
  new Promise((resolve, reject) => {
    // `az` is a script on Windows.
    execFile('az', args, { shell: process.platform === 'win32' }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if ('code' in error && error.code === 'ENOENT')
        reject(
          new AzureCliError('The Azure CLI is not there: https://learn.microsoft.com/cli/azure/install-azure-cli'),
        );
      else reject(new AzureCliError(`az ${args.slice(0, 3).join(' ')}: ${stderr.trim() || error.message}`));
    });
  });
