// The same topics and containers as Lagerhaus has.
import '../../../scripts/provision.ts';
