import type { Clock } from '../../clock.ts';
import type { NewId } from '../../ids.ts';
import type { Tracing } from '../../telemetry/tracing.ts';
import type { Charge, DocumentContainer } from '../documents/document-container.ts';
import type { StoredDocument } from '../documents/stored-document.ts';
import type { CarriedEvents } from './carried-events.ts';
import type { OutboxDocument } from './outbox.ts';
import type { Rebuild } from './tracked.ts';

/** @param carrier the id of the document that carries it in place of the outbox document, where one does */
export type OnCommitted = (outbox: OutboxDocument, container: DocumentContainer, carrier?: string) => void;

/** Where a unit of work writes, and what it needs for that. */
export interface UnitOfWorkOptions {
  readonly container: DocumentContainer;
  /** The stored boundary, tenant included. */
  readonly boundary: string;
  /** The service that writes: the source of its events. */
  readonly service: string;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Told of what a commit owes the bus, right after it. */
  readonly onCommitted: OnCommitted;
  /** What this process knows of events that documents carry; nothing, where it is absent. */
  readonly carried?: CarriedEvents | undefined;
  /** Whether new documents that are changed again within moments carry what their commits owe. */
  readonly carries?: boolean;
  /** Told of each document that a commit has made due, or due at another time, right after it. */
  readonly onDue?: ((document: StoredDocument) => void) | undefined;
  readonly tracing?: Tracing | undefined;
  /** A commit of the same was refused: what was guessed may be wrong, so nothing is guessed. */
  readonly isRetry?: boolean;
  /** Whether documents may be taken to be as this process last saw them; whoever asks for that minds the `guesses`. */
  readonly recalls?: boolean;
  /** Projections are made anew: what they were before is not seen, and replaced. */
  readonly rebuild?: Rebuild | undefined;
  /** Takes note of what this unit of work alone is charged. */
  readonly charge?: Charge | undefined;
}
