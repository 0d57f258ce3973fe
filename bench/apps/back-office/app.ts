// The whole back office as it is foreseen: Lagerhaus as it is, and what is to come as consumers that do nothing.

import { services as built } from '../../../functions/services.ts';
import { createRuntime } from '../../../shared/app/create-runtime.ts';
import { registerServices } from '../../../shared/app/register.ts';
import { openBus } from '../../../shared/bus/open-bus.ts';
import { lookups } from '../../../shared/lookups/index.ts';
import { readSettings } from '../../../shared/settings/settings.ts';
import { withForeseen } from './empty-services.ts';

const services = withForeseen(built);
const settings = readSettings(services);
registerServices(services, createRuntime({ settings, services, lookups, bus: await openBus(settings) }));
