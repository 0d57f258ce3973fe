import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { SettingsUpdated, settingParts } from '../../shared/events/contracts/tenant-settings.ts';
import { ok } from '../../shared/http/answer.ts';
import { clearable, patchOf } from '../../shared/http/patch-body.ts';
import { Money } from '../../shared/money.ts';
import { OwnSettings, settingsBoundary, settingsId } from './own-settings.ts';
import { changeId, PastChange } from './past-change.ts';
import { Reminder, reminded } from './retell-settings.ts';
import { afterChanges, changesOf, refuseBreaking } from './setting-changes.ts';
import { SettingsView, viewOf } from './settings-view.ts';

const { company, approvals, customers, procurement, attendance, sales, notifications, documents, orders } =
  settingParts;

const ChangeSettings = patchOf({
  company: patchOf(clearable(company.shape)).nullable(),
  approvals: patchOf(clearable({ ...approvals.shape, approvalLimit: Money })).nullable(),
  customers: patchOf(clearable(customers.shape)).nullable(),
  procurement: patchOf(clearable(procurement.shape)).nullable(),
  attendance: patchOf(clearable(attendance.shape)).nullable(),
  sales: patchOf(clearable(sales.shape)).nullable(),
  notifications: patchOf(clearable(notifications.shape)).nullable(),
  documents: patchOf(clearable(documents.shape)).nullable(),
  orders: patchOf(clearable(orders.shape)).nullable(),
}).meta({
  id: 'ChangeSettings',
  description:
    'What is named is changed, at least one; null puts a key, or all of a part, back to its default (a JSON Merge Patch). A list is changed as a whole',
  example: { orders: { timeout: 'PT30M' }, company: { name: 'Song Ltd' } },
});

/** One commit: the settings, the event that tells of them, and an entry of their history, so that no change goes without one. */
export const changeSettings = endpoint({
  name: 'change-settings',
  summary: 'Changes the settings of the tenant; every service follows within moments',
  method: 'PATCH',
  route: 'settings',
  roles: ['admin'],
  body: ChangeSettings,
  answers: { 200: SettingsView },
  headers: ['etag'],
  needs: ['settingDefaults'],
  problems: ['timeout-too-long', 'precondition-failed'],
  async handle({ body, unitOfWork, ifMatch, now, actor: by, settings, settingDefaults: defaults }) {
    const work = unitOfWork(settingsBoundary);
    const own = await work.load(OwnSettings, settingsId);
    const before = own.current?.settings ?? {};
    const changes = changesOf(before, body);
    const after = afterChanges(before, changes);
    if (changes.length > 0) {
      refuseBreaking(changes, settings.EVENT_RETENTION);
      ifMatch(own.version);
      const version = own.version + 1;
      const at = now.toISOString();
      own.record(SettingsUpdated({ version, changed: changes.map(({ key }) => key), settings: after, by, at }));
      (await work.load(PastChange, changeId(version))).put({ changes, by, at, to: version });
      (await work.load(Reminder, settingsId)).put(reminded(now, settings));
    }
    return ok(viewOf(after, { version: own.version, defaults }), own.version);
  },
});
