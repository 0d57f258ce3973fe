// Two functions that answer the same: one by the programming model alone, one by an endpoint of the kernel.

import { createRuntime } from '../../../shared/app/create-runtime.ts';
import { registerServices } from '../../../shared/app/register.ts';
import { openBus } from '../../../shared/bus/open-bus.ts';
import { readSettings } from '../../../shared/settings/settings.ts';
import { registerCpuTime } from '../beside/cpu-time.ts';
import { registerBare } from './bare.ts';
import { benchService } from './checked.ts';

registerBare();
registerCpuTime();
const services = [benchService];
const settings = readSettings(services);
registerServices(services, createRuntime({ settings, services, lookups: [], bus: await openBus(settings) }));
