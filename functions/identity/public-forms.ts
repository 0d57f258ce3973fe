/** Whoever is not logged in yet may ask for anything, so what they send is small: no form of an account has more bytes. */
export const mostBytesOfAForm = 8 * 1024;
