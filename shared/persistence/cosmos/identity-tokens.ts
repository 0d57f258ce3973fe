import type { CosmosClientOptions } from '@azure/cosmos';
import type { Clock } from '../../clock.ts';
import type { AccessToken, Credential } from '../../security/azure-credential.ts';
import { StoreUnavailableError } from '../documents/store-errors.ts';

/** So long before its end a token is replaced. */
const marginMs = 5 * 60_000;

/**
 * Proves by the token of an identity who asks. A token is asked for once for all requests, and again shortly before it ends; the
 * old one does for as long as it is good where no new one can be had.
 *
 * @throws StoreUnavailableError (by the provider) where none can be had.
 * Source: https://learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources
 */
export function identityTokens(
  credential: Credential,
  endpoint: string,
  clock: Pick<Clock, 'now'>,
): NonNullable<CosmosClientOptions['tokenProvider']> {
  const scope = `https://${new URL(endpoint).hostname}/.default`;
  const lives = (token: AccessToken, marginMs: number) => token.expiresOnTimestamp - marginMs > clock.now().getTime();
  let known: AccessToken | undefined;
  let asking: Promise<AccessToken> | undefined;
  const ask = async () => {
    try {
      known = await credential.getToken(scope);
      return known;
    } catch (error) {
      if (known !== undefined && lives(known, 0)) return known;
      const told = error instanceof Error ? error.message : String(error);
      const message = `Cosmos DB cannot be asked, since there is no token of an identity (set COSMOS_KEY, or AZURE_CLIENT_ID to the app's identity): ${told}`;
      throw new StoreUnavailableError(message, { trouble: 'access', cause: error });
    } finally {
      asking = undefined;
    }
  };
  return async () => {
    if (known !== undefined && lives(known, marginMs)) return signed(known);
    asking ??= ask();
    return signed(await asking);
  };
}

function signed({ token }: AccessToken): string {
  return `type=aad&ver=1.0&sig=${token}`;
}
