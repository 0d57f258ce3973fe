import type { Certificate } from '../../../infra/embedded/certificate/self-signed.ts';
import type { StackFile } from '../../../infra/local/stack-file.ts';
import type { ServerControl, StackControl } from '../stack/control-client.ts';

export interface TestBusOptions {
  /** Its data; made when missing, and kept for the next bus in the same folder. */
  readonly folder: string;
  /** Whether the test makes faults at the bus's requests. */
  readonly withFaults: boolean;
  /** Brokers of a real one; by default one. Half of the partitions are then led by the second. */
  readonly brokers?: number;
  /** Whether a real one is to be fast rather than small; by default it is small. */
  readonly isForSpeed?: boolean;
}

/** A bus that is not a stack's own: over SASL_SSL, with a certificate that clients can verify. */
export interface TestBus extends AsyncDisposable {
  readonly address: StackFile['kafka'];
  readonly server: ServerControl;
  /** Goes away, and comes back at the same place with the same data, but with these. */
  restart(changes: BusChanges): Promise<void>;
  /** Takes the leaders of many partitions away, where it has more than one broker. */
  loseLeaders?(): Promise<LostLeaders>;
  /** The control of a stack that uses it: the stack's own does not reach so far. */
  controlFor(stack: StackControl): StackControl;
}

/** Partitions that nobody leads. */
export interface LostLeaders {
  comeBack(): Promise<void>;
}

export interface BusChanges {
  readonly password?: string;
  readonly certificate?: Certificate;
}
