// The app is Lagerhaus and a function, so it needs what Lagerhaus needs.
import '../../../../scripts/provision.ts';
