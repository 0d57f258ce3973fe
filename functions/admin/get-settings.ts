import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { ok } from '../../shared/http/answer.ts';
import { staffRoles } from '../../shared/security/principal.ts';
import { OwnSettings, settingsBoundary, settingsId } from './own-settings.ts';
import { SettingsView, viewOf } from './settings-view.ts';

export const getSettings = endpoint({
  name: 'get-settings',
  summary: 'Shows the settings that are in force, and which of them the tenant has set itself',
  method: 'GET',
  route: 'settings',
  roles: staffRoles,
  answers: { 200: SettingsView },
  headers: ['etag'],
  needs: ['settingDefaults'],
  async handle({ reader, settingDefaults: defaults }) {
    const own = await reader.read(OwnSettings, { boundary: settingsBoundary, id: settingsId });
    const version = own?.version ?? 0;
    return ok(viewOf(own?.state.settings ?? {}, { version, defaults }), version);
  },
});
