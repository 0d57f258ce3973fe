import { refusalNotice } from '../../shared/capabilities/refusal-notice.ts';
import { SecurityEvent } from '../../shared/events/contracts/platform.ts';

/** Lets security hear of whoever tries what is for admins alone. */
export const noticeRefusal = refusalNotice({
  name: 'notice-refusal',
  boundary: ({ actor }) => `refusals:${actor}`,
  event: ({ id, actor: by, ...refusal }) =>
    SecurityEvent({ subject: `refusal/${id}`, kind: 'admin-route-refused', by, ...refusal }),
});
