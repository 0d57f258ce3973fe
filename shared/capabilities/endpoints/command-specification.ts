import type { z } from 'zod';
import type { DomainEvent } from '../../events/define-event.ts';
import type { Aggregate } from '../../model/aggregate.ts';
import type { Projection } from '../../model/projection.ts';
import type { EndpointContext, EndpointSpecification } from '../endpoint.ts';

/** What a command is told of its request. It writes nothing else, so it has no unit of work. */
export type CommandContext<Params, Query, Body> = Omit<EndpointContext<Params, Query, Body>, 'unitOfWork' | 'ifMatch'>;

/** What is decided on, as it is stored or about to be. */
export interface Subject<State, Beside> {
  readonly state: State;
  readonly version: number;
  /** The projection that is kept beside it; `undefined` where the command names none. */
  readonly beside: Beside;
}

/** What has happened by a command; nothing, where it was done already: then nothing is put beside it either. */
export type Decision<Beside> =
  | readonly DomainEvent[]
  | {
      readonly events: readonly DomainEvent[];
      /** What is kept beside the aggregate from now on. */
      readonly beside: Beside;
    };

/** A rule may have to read what is elsewhere before it can tell. */
type Decided<Beside> = Decision<Beside> | Promise<Decision<Beside>>;

type SaidByTheWord = 'handle' | 'answers' | 'isStillTrue' | 'beforeRepeat' | 'headers' | 'needs';

export interface CommandSpecification<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  View extends z.ZodType,
  State,
  Beside,
  Context = CommandContext<z.output<Params>, z.output<Query>, z.output<Body>>,
> extends Omit<EndpointSpecification<Params, Query, Body, Readonly<Record<number, View>>, never>, SaidByTheWord> {
  /** The aggregate that is decided on. */
  readonly of: Aggregate<State>;
  /** Where it is. */
  readonly at: (context: Context) => { readonly boundary: string; readonly id: string };
  /** What is kept beside it, in its boundary under its id, and changed with it. */
  readonly beside?: Projection<Beside>;
  /** What counts as kept beside it where nothing is; left out, the aggregate is gone where that is. */
  readonly besideByDefault?: NoInfer<Beside>;
  /** Refuses callers who may not do this, or not know that it exists. @throws Rejection */
  readonly allow?: (context: Context, state: State) => void;
  /** What begins it where it is not there; left out, that is 404. @throws Rejection */
  readonly begin?: (context: Context) => Decided<NoInfer<Beside>>;
  /** What happens to it where it is there. Runs again when a race is lost, so it changes nothing itself. @throws Rejection */
  readonly decide: (state: State, context: Context, beside: Beside) => Decided<NoInfer<Beside>>;
  /** What the answer shows: its schema, and the function that makes it. Left out, the answer is 204. */
  readonly view?: readonly [schema: View, viewOf: (subject: Subject<State, Beside>) => z.output<View>];
  /** Where to find what the command makes, by what the answer shows: that is 201, and 200 where it was made already. */
  readonly madeAt?: (shown: z.output<View>) => string;
}
