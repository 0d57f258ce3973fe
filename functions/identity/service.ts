import { defineService } from '../../shared/capabilities/define-service.ts';
import { addAddress } from './add-address.ts';
import { changePassword } from './change-password.ts';
import { deactivateUser } from './deactivate-user.ts';
import { deleteUser } from './delete-user.ts';
import { eraseUser } from './erase-user.ts';
import { getOwnUser } from './get-own-user.ts';
import { getUser } from './get-user.ts';
import { listUsers } from './list-users.ts';
import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import { refreshSession } from './refresh-session.ts';
import { registerUser } from './register-user.ts';
import { removeAddress } from './remove-address.ts';
import { setUserRoles } from './set-user-roles.ts';
import { updateOwnUser } from './update-own-user.ts';
import { usersByMonth } from './users-by-month.ts';

export const identity = defineService({
  name: 'identity',
  summary: 'Who people are, and what they may do.',
  capabilities: [
    registerUser,
    logIn,
    refreshSession,
    logOut,
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
