// The metered app is Lagerhaus, so it needs what Lagerhaus needs.
import '../../../../scripts/provision.ts';
