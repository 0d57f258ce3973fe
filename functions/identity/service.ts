import { defineService } from '../../shared/capabilities/define-service.ts';
import { identityExamples } from './examples.ts';
import { changePassword } from './login/change-password.ts';
import { logIn } from './login/log-in.ts';
import { identityProblems } from './problems.ts';
import { checkToken } from './session/check-token.ts';
import { logOut } from './session/log-out.ts';
import { refreshSession } from './session/refresh-session.ts';
import { identitySettings } from './settings.ts';
import { addAddress } from './user/add-address.ts';
import { deactivateUser } from './user/deactivate-user.ts';
import { deleteUser } from './user/delete-user.ts';
import { eraseUser } from './user/erase-user.ts';
import { getOwnUser } from './user/get-own-user.ts';
import { getUser } from './user/get-user.ts';
import { listUsers } from './user/list-users.ts';
import { registerUser } from './user/register-user.ts';
import { removeAddress } from './user/remove-address.ts';
import { setUserRoles } from './user/set-user-roles.ts';
import { updateOwnUser } from './user/update-own-user.ts';
import { usersByMonth } from './user/users-by-month.ts';

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
    getOwnUser,
    updateOwnUser,
    addAddress,
    removeAddress,
    changePassword,
    listUsers,
    getUser,
    setUserRoles,
    deactivateUser,
    deleteUser,
    eraseUser,
    usersByMonth,
  ],
});
