// The composition: what the Functions host loads. Registers every capability of the enabled services.
import { enabledServices } from '../shared/service/enabled-services.ts';
import { registerServices } from '../shared/service/register.ts';
import { createRuntime } from '../shared/service/runtime.ts';
import { readSettings } from '../shared/settings.ts';
import { services } from './services.ts';

const settings = readSettings();
registerServices(enabledServices(services, settings.ENABLED_SERVICES), createRuntime(settings));
