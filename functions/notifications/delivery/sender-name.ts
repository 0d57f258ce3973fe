/** As which mails are sent. */
export const senderName = 'Lagerhaus';
