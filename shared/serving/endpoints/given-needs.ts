import type { InTurn } from '../../async/work-queue.ts';
import { forTheWhole } from '../../capabilities/endpoints/for-the-whole.ts';
import type { Need, Needs } from '../../capabilities/endpoints/needs.ts';
import type { TenantPlace } from '../../capabilities/endpoints/tenant-place.ts';
import { clientNetwork } from '../../http/client-address.ts';
import type { IncomingRequest } from '../../http/incoming.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { type Principal, systemTenant } from '../../security/principal.ts';
import { inParts, type PartStage } from './request-parts.ts';

interface Sources {
  readonly request: Pick<IncomingRequest, 'headers'>;
  readonly service: string;
  readonly runtime: Pick<Runtime, 'settings' | 'signingKeys' | 'consumers' | 'blobsOf' | 'settingDefaults'>;
  /** What the parts of the request run on. */
  readonly parts: PartStage;
  readonly inTurn: InTurn;
  /** What the request is known by under its Idempotency-Key. */
  readonly knownBy: string | undefined;
  readonly caller: Principal;
  readonly placeOf: (tenant: string) => TenantPlace;
}

/** Where each comes from. Made once: an endpoint that asks for nothing costs nothing. */
const give: { readonly [One in Need]: (sources: Sources) => Pick<Needs, One> } = {
  inParts: ({ parts }) => ({ inParts: inParts(parts) }),
  inTurn: ({ inTurn }) => ({ inTurn }),
  clientNetwork: ({ request, runtime }) => ({ clientNetwork: clientNetwork(request.headers, runtime.settings) }),
  knownBy: ({ knownBy }) => ({ knownBy }),
  blobs: ({ runtime: { blobsOf }, service, caller }) => ({ blobs: blobsOf(service, caller.tenant) }),
  userAgent: ({ request }) => ({ userAgent: request.headers.get('user-agent') ?? '' }),
  signingKeys: ({ runtime: { signingKeys } }) => ({ signingKeys }),
  consumers: ({ runtime: { consumers } }) => ({ consumers }),
  settingDefaults: ({ runtime: { settingDefaults } }) => ({ settingDefaults }),
  ofNoTenant: ({ runtime: { settings }, caller, placeOf }) => ({
    ofNoTenant() {
      forTheWhole(caller, settings, 'whose it is cannot be told');
      return placeOf(systemTenant);
    },
  }),
};

/** What an endpoint asks for beyond what all have, and nothing else. */
export function givenNeeds(needs: readonly Need[], sources: Sources): Partial<Needs> {
  return needs.reduce<Partial<Needs>>((given, need) => Object.assign(given, give[need](sources)), {});
}
