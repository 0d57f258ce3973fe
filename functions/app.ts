// The composition: what the Functions host loads. Registers every capability of the enabled services.
import { app } from '@azure/functions';
import { createRuntime } from '../shared/app/create-runtime.ts';
import { enabledServices } from '../shared/app/enabled-services.ts';
import { registerServices } from '../shared/app/register.ts';
import { openBus } from '../shared/bus/open-bus.ts';
import { lookups } from '../shared/lookups/index.ts';
import { readSettings } from '../shared/settings/settings.ts';
import { exportTraces } from '../shared/telemetry/export-traces.ts';
import { services } from './services.ts';

const settings = readSettings(services);
const enabled = enabledServices(services, settings.ENABLED_SERVICES);
const traces = await exportTraces(settings);
const bus = await openBus(settings);
registerServices(enabled, createRuntime({ settings, services, lookups, bus, tracing: traces?.tracing }));
// Comes after the hooks of the services: what they send last has spans too.
app.hook.appTerminate(async () => traces?.stop());
