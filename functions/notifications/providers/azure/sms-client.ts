// To be loaded only where text messages go out. A module of its own, since a bundle knows the names of a package in CommonJS only where
// they are imported by name.
export { SmsClient } from '@azure/communication-sms';
