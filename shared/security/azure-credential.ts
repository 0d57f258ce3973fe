/** A token that proves who we are. */
export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}

/**
 * Proves who we are to a service on Azure, without a secret in the settings. It is what `@azure/core-auth` calls a
 * TokenCredential, so that Azure's client libraries take it as it is.
 */
export interface Credential {
  /** @param scope what the token is for, such as `https://<namespace>.servicebus.windows.net/.default` */
  getToken(scope: string | string[]): Promise<AccessToken>;
}

/**
 * The identity that the process has on Azure: a managed identity (AZURE_CLIENT_ID names it where there are several), or
 * whoever is logged in on a developer's machine. Tokens are kept and renewed by the library, which is loaded only here: it is
 * large, and most processes get along without it.
 */
export function azureCredential(): Credential {
  const loading = once(async () => {
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential();
  });
  return { getToken: async (scope) => (await loading()).getToken(scope) };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
