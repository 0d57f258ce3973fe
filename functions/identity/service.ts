import { defineService } from '../../shared/capabilities/define-service.ts';
import { showAccountPage } from './account-page/show-account-page.ts';
import { activateUser } from './administration/activate-user.ts';
import { deactivateUser } from './administration/deactivate-user.ts';
import { deleteUser } from './administration/delete-user.ts';
import { endUserSessions } from './administration/end-user-sessions.ts';
import { getUser } from './administration/get-user.ts';
import { listUserSessions } from './administration/list-user-sessions.ts';
import { listUsers } from './administration/list-users.ts';
import { setUserRoles } from './administration/set-user-roles.ts';
import { identityExamples } from './examples.ts';
import { changePassword } from './login/change-password.ts';
import { logIn } from './login/log-in.ts';
import { accountLink } from './mailed-links/account-link.ts';
import { noticeRefusal } from './notice-refusal.ts';
import { beginPasswordReset } from './password-reset/begin-password-reset.ts';
import { confirmPasswordReset } from './password-reset/confirm-password-reset.ts';
import { requestPasswordReset } from './password-reset/request-password-reset.ts';
import { identityProblems } from './problems.ts';
import { checkToken } from './session/check-token.ts';
import { endOwnSession } from './session/end-own-session.ts';
import { endOwnSessions } from './session/end-own-sessions.ts';
import { listOwnSessions } from './session/list-own-sessions.ts';
import { logOut } from './session/log-out.ts';
import { refreshSession } from './session/refresh-session.ts';
import { identitySettings } from './settings.ts';
import { addAddress } from './user/add-address.ts';
import { contactOfUser } from './user/contact-of-user.ts';
import { deletedUser } from './user/deleted-user.ts';
import { eraseUser } from './user/erase-user.ts';
import { getOwnUser } from './user/get-own-user.ts';
import { registerUser } from './user/register-user.ts';
import { removeAddress } from './user/remove-address.ts';
import { updateOwnUser } from './user/update-own-user.ts';
import { usersByMonth } from './user/users-by-month.ts';
import { emailToVerify } from './verification/email-to-verify.ts';
import { requestVerification } from './verification/request-verification.ts';
import { verifyEmail } from './verification/verify-email.ts';

export const identity = defineService({
  name: 'identity',
  summary: 'Who people are, and what they may do.',
  problems: identityProblems,
  settings: identitySettings,
  examples: identityExamples,
  capabilities: [
    registerUser,
    logIn,
    refreshSession,
    logOut,
    checkToken,
    requestPasswordReset,
    beginPasswordReset,
    confirmPasswordReset,
    requestVerification,
    verifyEmail,
    showAccountPage,
    getOwnUser,
    updateOwnUser,
    addAddress,
    removeAddress,
    changePassword,
    listOwnSessions,
    endOwnSession,
    endOwnSessions,
    listUsers,
    getUser,
    setUserRoles,
    activateUser,
    deactivateUser,
    listUserSessions,
    endUserSessions,
    deleteUser,
    eraseUser,
    noticeRefusal,
    usersByMonth,
    contactOfUser,
    deletedUser,
    accountLink,
    emailToVerify,
  ],
});
