// The topics and containers of Lagerhaus, and a container for each service that is to come.
import { services } from '../../../../functions/services.ts';
import { openDatabase } from '../../../../shared/persistence/cosmos/cosmos.ts';
import { provisionContainers } from '../../../../shared/persistence/cosmos/provision-containers.ts';
import { readSettings } from '../../../../shared/settings/settings.ts';
import { withForeseen } from '../empty-services.ts';

await import('../../../../scripts/provision.ts');
const containers = withForeseen(services).map(({ container: name, indexes }) => ({ name, indexes }));
await provisionContainers(openDatabase(readSettings([])), containers);
