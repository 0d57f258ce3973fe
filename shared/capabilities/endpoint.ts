import type { z } from 'zod';
import type { Answer } from '../http/answer.ts';
import type { BodyFormat } from '../http/bodies/body-format.ts';
import { largestFile } from '../http/bodies/file.ts';
import { json } from '../http/bodies/json.ts';
import type { BodyRules } from '../http/bodies/read-body.ts';
import { fileAnswerOf } from '../http/file-answer.ts';
import type { NewId } from '../ids.ts';
import type { Lookup } from '../lookups/define-lookup.ts';
import type { Reader } from '../persistence/reading/reader.ts';
import type { Access, Role } from '../security/principal.ts';
import type { Settings } from '../settings/settings.ts';
import type { DecidedBy } from './endpoints/decided-by.ts';
import type { DecidedLater } from './endpoints/decided-later.ts';
import type { Need, Needs } from './endpoints/needs.ts';
import type { TenantPlace } from './endpoints/tenant-place.ts';

/**
 * What an endpoint's handler gets, besides what the endpoint asks for in `needs`. On a public route the caller is nobody, with
 * no role.
 */
export interface EndpointContext<Params, Query, Body> extends Access, TenantPlace {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Makes an id; under an Idempotency-Key, the same one for every repeat, unless the endpoint `takesSecret`. */
  readonly newId: NewId;
  readonly now: Date;
  /** The caller as events may name them, which is not always as their token does (`actorOf`). */
  readonly actor: string;
  readonly settings: Settings;
  readonly lookup: Lookup;
  /** Holds the caller to the version that their `If-Match` names, if they sent one. @throws Rejection (412) */
  readonly ifMatch: (version: number) => void;
}

/** A header of some good answers: the version of a thing, or where to look next. */
export type AnswerHeader = 'etag' | 'location';

/** A rate besides `RATE_LIMIT`: `AUTH_RATE_LIMIT`. */
export type Rate = 'auth';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface EndpointSpecification<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answers extends Readonly<Record<number, z.ZodType>>,
  Asked extends Need,
> {
  /** The capability's name; also the function's. */
  readonly name: string;
  readonly summary: string;
  readonly method: Method;
  /** Below `/api/v1/`; from the root where it begins with a slash. */
  readonly route: string;
  /** Who may call; `public` is the only way to an anonymous route. */
  readonly roles: readonly Role[] | 'public';
  /**
   * Which of the roles may ask about others. Whoever has none of these sees and changes only what is their own, whatever roles
   * they have besides. All of them, where nothing is said;
   * where none is named, that is everybody, admins too.
   */
  readonly forOthers?: readonly Role[];
  /** A rate that its callers are held to besides the usual one: `auth`, where passwords and sessions are asked for. */
  readonly rate?: Rate;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** In which formats the body may come; JSON alone, where nothing is said. */
  readonly accepts?: readonly [BodyFormat, ...BodyFormat[]];
  /** The largest body that is taken, up to 11 MiB; 1 MiB, where nothing is said. It is refused by its Content-Length, before it is read. */
  readonly maxBodyBytes?: number;
  /** How long a request may take; `REQUEST_TIMEOUT`, where nothing is said. Azure cuts a request off after 230 seconds. */
  readonly timeoutMs?: number;
  /** What a good answer looks like, by status; one that has no body is `z.undefined()`, a file (of GET alone) `fileAnswer(…)`. */
  readonly answers: Answers;
  /** Whether an answer holds a secret, so that it is never kept: an `Idempotency-Key` changes nothing then. */
  readonly answersSecret?: boolean;
  /**
   * Whether the body holds a secret, such as a password. Under an `Idempotency-Key` what is stored cannot be used to try it out
   * then, and the ids are new ones each time: what its handler makes has to be found again by something else.
   */
  readonly takesSecret?: boolean;
  /**
   * Whether a repeat may still be given the first answer, for as long as that was kept; it may, where nothing is said. Where it
   * may not, what the answer told of is gone, and the request is done anew: under new ids, so only where it `takesSecret`.
   */
  readonly isStillTrue?: (answer: z.output<Answers[keyof Answers]>, reader: Reader) => Promise<boolean>;
  /**
   * Runs before it is looked whether a request under an `Idempotency-Key` was answered: what it refuses is not answered again either.
   * For where having been answered is a secret: repeating a request must try out a password no more often than asking does.
   * What is to stay of it, it commits.
   */
  readonly beforeRepeat?: (
    context: EndpointContext<z.output<Params>, z.output<Query>, z.output<Body>> & Pick<Needs, Asked>,
  ) => Promise<void>;
  /** For what is decided after it is answered: whoever prefers to wait for that (`Prefer: wait=10`) is answered then. */
  readonly decidedLater?: DecidedLater<z.output<Answers[keyof Answers]>>;
  /** Who decides it, so that a process that is not told of decisions can see how far they are behind. */
  readonly decidedBy?: DecidedBy<z.output<Body>>;
  /** Which headers a good answer has besides those that all have, and the Location of a 201. */
  readonly headers?: readonly AnswerHeader[];
  /**
   * What the handler refuses, by codes that the service or `shared/http/problems` describes; what the wrapper refuses goes
   * without saying. An answer with another problem is a bug (500).
   */
  readonly problems?: readonly string[];
  /** What the handler needs beyond what all get: it is in its context then. */
  readonly needs?: readonly Asked[];
  readonly handle: (
    context: EndpointContext<z.output<Params>, z.output<Query>, z.output<Body>> & Pick<Needs, Asked>,
  ) => Promise<Answer<z.output<Answers[keyof Answers]>>>;
}

const defaultMaxBytes = 1024 * 1024;

/** An endpoint without its types, for the code that serves them all. */
export interface Endpoint {
  readonly word: 'endpoint';
  readonly name: string;
  readonly summary: string;
  readonly method: Method;
  readonly route: string;
  readonly roles: readonly Role[] | 'public';
  readonly forOthers: readonly Role[];
  readonly rate: Rate | undefined;
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly body: BodyRules<z.ZodType> | undefined;
  readonly answers: Readonly<Record<number, z.ZodType>>;
  readonly answersSecret: boolean;
  readonly takesSecret: boolean;
  readonly isStillTrue: ((answer: unknown, reader: Reader) => Promise<boolean>) | undefined;
  readonly beforeRepeat:
    | ((context: EndpointContext<unknown, unknown, unknown> & Partial<Needs>) => Promise<void>)
    | undefined;
  readonly decidedLater: DecidedLater<unknown> | undefined;
  readonly decidedBy: DecidedBy<unknown> | undefined;
  readonly headers: readonly AnswerHeader[];
  readonly problems: readonly string[];
  readonly timeoutMs: number | undefined;
  readonly needs: readonly Need[];
  readonly handle: (context: EndpointContext<unknown, unknown, unknown> & Partial<Needs>) => Promise<Answer>;
}

/**
 * A capability that is called over HTTP.
 *
 * @throws Error where it takes larger bodies than the host does, or answers a file to other than GET.
 *
 * @example
 * export const getOrder = endpoint({
 *   name: 'get-order',
 *   summary: 'Shows an order',
 *   method: 'GET',
 *   route: 'orders/{id}',
 *   roles: ['sales'],
 *   params: OrderPath,
 *   answers: { 200: OrderView },
 *   headers: ['etag'],
 *   async handle({ params: { id }, unitOfWork }) {
 *     const order = await unitOfWork(orderBoundary(id)).load(Order, id);
 *     return ok(viewOf(order), order.version);
 *   },
 * });
 */
export function endpoint<
  Answers extends Readonly<Record<number, z.ZodType>>,
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Asked extends Need = never,
>(specification: EndpointSpecification<Params, Query, Body, Answers, Asked>): Endpoint {
  const {
    name,
    summary,
    method,
    route,
    roles,
    rate,
    params,
    query,
    body,
    answers,
    answersSecret = false,
    takesSecret = false,
    timeoutMs,
    handle,
  } = specification;
  const { accepts = [json], maxBodyBytes: maxBytes = defaultMaxBytes } = specification;
  const { headers = [], problems = [], needs = [], isStillTrue, beforeRepeat, decidedLater, decidedBy } = specification;
  if (maxBytes > largestFile)
    throw new Error(`${name} takes bodies of ${maxBytes} bytes: the host takes ${largestFile}`);
  if (method !== 'GET' && Object.values(answers).some((answer) => fileAnswerOf(answer) !== undefined))
    throw new Error(`${name} answers a file to ${method}: such an answer cannot be kept for a repeat, so only GET may`);
  const { forOthers = roles === 'public' ? [] : roles } = specification;
  return {
    word: 'endpoint',
    name,
    summary,
    method,
    route: route.startsWith('/') ? route.slice(1) : `api/v1/${route}`,
    roles,
    forOthers,
    rate,
    params,
    query,
    body: body === undefined ? undefined : { schema: body, accepts, maxBytes },
    answers,
    answersSecret,
    takesSecret,
    headers,
    problems,
    timeoutMs,
    needs,
    // The wrapper has parsed params, query, body and answers by these very schemas, and gives what `needs` names.
    isStillTrue: isStillTrue as Endpoint['isStillTrue'],
    beforeRepeat: beforeRepeat as Endpoint['beforeRepeat'],
    decidedLater: decidedLater as Endpoint['decidedLater'],
    decidedBy: decidedBy as Endpoint['decidedBy'],
    handle: handle as Endpoint['handle'],
  };
}

/** The headers that a good answer of this status has of its own. */
export function answerHeadersOf({ headers }: Pick<Endpoint, 'headers'>, status: number): readonly AnswerHeader[] {
  return status === 201 ? [...new Set<AnswerHeader>(['location', ...headers])] : headers;
}

/** Whether a repeat under the same `Idempotency-Key` is given the first answer. */
export function takesIdempotencyKey({ method, answersSecret }: Pick<Endpoint, 'method' | 'answersSecret'>): boolean {
  return method === 'POST' && !answersSecret;
}
