import type { Need, Needs } from '../../capabilities/needs.ts';
import type { IncomingRequest } from '../../http/incoming.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { inParts, type PartStage } from './request-parts.ts';

interface Sources {
  readonly request: Pick<IncomingRequest, 'headers'>;
  readonly runtime: Pick<Runtime, 'signingKeys' | 'consumers'>;
  /** What the parts of the request run on. */
  readonly parts: PartStage;
}

/** What an endpoint asks for beyond what all have, and nothing else. */
export function givenNeeds(needs: readonly Need[], { request, runtime, parts }: Sources): Partial<Needs> {
  const give: { readonly [One in Need]: () => Pick<Needs, One> } = {
    inParts: () => ({ inParts: inParts(parts) }),
    userAgent: () => ({ userAgent: request.headers.get('user-agent') ?? '' }),
    signingKeys: () => ({ signingKeys: runtime.signingKeys }),
    consumers: () => ({ consumers: runtime.consumers }),
  };
  return needs.reduce<Partial<Needs>>((given, need) => Object.assign(given, give[need]()), {});
}
