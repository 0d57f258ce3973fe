// Two functions that answer the same: one by the programming model alone, one by an endpoint of the kernel.

import { openBus } from '../../../shared/messaging/open-bus.ts';
import { registerServices } from '../../../shared/service/register.ts';
import { createRuntime } from '../../../shared/service/runtime.ts';
import { readSettings } from '../../../shared/settings.ts';
import { registerBare } from './bare.ts';
import { benchService } from './checked.ts';

registerBare();
const services = [benchService];
const settings = readSettings();
registerServices(services, createRuntime({ settings, services, bus: await openBus(settings) }));
