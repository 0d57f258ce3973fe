/** Last part of the address to which providers report, on the stack that the acceptance tests share. */
export const reportsSecret = 'known-to-providers-and-tests-alone';
